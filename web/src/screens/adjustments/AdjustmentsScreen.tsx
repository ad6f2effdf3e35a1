import { Anchor, Button, Select, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type AdjustmentRow,
  type AdjustmentState,
  adjustmentStates,
  adjustmentsQuery,
} from "@/api/adjustments";
import { useFormat } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useCompany, useMay } from "@/session/company";
import { StateBadge } from "./StateBadge";

const column = columnsOf<AdjustmentRow>();
const idOf = (row: AdjustmentRow) => row.id;
const rowProps = (row: AdjustmentRow) => ({
  "data-testid": `adjustment-row-${row.number}`,
  "data-muted": row.state === "withdrawn" || row.state === "rejected",
});

/** Corrections of the stock, newest first. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const companyId = useCompany().id;
  const mayAdjust = useMay("inventory.adjust");
  const filter = useUrlFilter();
  const state = filter.value("state") as AdjustmentState | "";
  const query = useInfiniteQuery(adjustmentsQuery({ companyId, ...(state !== "" && { state }) }));
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("number", {
          header: t("adjustments.number"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Anchor component={Link} to={`/adjustments/${original.id}`} size="sm" fw={600}>
              {original.number}
            </Anchor>
          ),
        }),
        column.accessor("date", {
          header: t("lines.date"),
          meta: { tight: true },
          cell: ({ getValue }) => format.date(getValue()),
        }),
        column.accessor("note", { header: t("adjustments.note") }),
        column.accessor("lines", { header: t("adjustments.lines"), meta: { figure: true, from: "md" } }),
        column.accessor("amount", {
          header: t("adjustments.amount"),
          meta: { figure: true },
          cell: ({ row: { original } }) => `${format.money(original.amount)} ${original.currency}`,
        }),
        column.accessor("state", {
          header: t("adjustments.state"),
          meta: { tight: true },
          cell: ({ getValue }) => <StateBadge state={getValue()} />,
        }),
      ]),
    [t, format],
  );
  return (
    <Frame
      title={t("nav.adjustments")}
      lead={t("adjustments.lead")}
      actions={
        mayAdjust && (
          <Button
            component={Link}
            to="/adjustments/new"
            leftSection={<Icon name="plus" size={16} />}
            data-testid="new-adjustment"
          >
            {t("adjustments.new")}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Select
          aria-label={t("adjustments.state")}
          placeholder={t("adjustments.all")}
          data={adjustmentStates.map((value) => ({ value, label: t(`adjustmentState.${value}`) }))}
          value={state === "" ? null : state}
          onChange={(value) => filter.change({ state: value })}
          clearable
          w={220}
          data-testid="state-filter"
        />
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.adjustments")}
          empty={<Empty icon="adjust" title={t("adjustments.empty")} text={t("adjustments.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
