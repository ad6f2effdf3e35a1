import { Badge } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { HealthAlert } from "@/api/health";
import { useFormat } from "@/format/useFormat";
import { DataTable } from "@/parts/DataTable";
import { columnsOf } from "@/parts/table";
import type { FindingName } from "./names";

const column = columnsOf<HealthAlert>();
const idOf = (row: HealthAlert) => String(row.id);
const rowProps = (row: HealthAlert) => ({
  "data-testid": `alert-row-${row.name}`,
  "data-muted": row.closedAt !== null,
});

/** Alerts that are open, and those of the last week. */
export function AlertTable({ alerts }: { alerts: HealthAlert[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("openedAt", {
          header: t("health.openedAt"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.accessor("name", {
          header: t("health.alert"),
          cell: ({ getValue }) => t(`health.name.${getValue() as FindingName}`),
        }),
        column.accessor("closedAt", {
          header: t("health.state"),
          meta: { tight: true },
          cell: ({ row: { original } }) =>
            original.closedAt === null ? (
              <Badge color={original.severity === "critical" ? "red" : "yellow"}>{t("health.open")}</Badge>
            ) : (
              <Badge color="gray">{t("health.over", { at: format.instant(original.closedAt) })}</Badge>
            ),
        }),
      ]),
    [t, format],
  );
  return (
    <DataTable columns={columns} rows={alerts} rowId={idOf} rowProps={rowProps} label={t("health.alerts")} />
  );
}
