import { Paper, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AdjustmentLine } from "@/api/adjustments";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { columnsOf } from "@/parts/table";

const column = columnsOf<AdjustmentLine>();
const idOf = (row: AdjustmentLine) => String(row.no);

export function AdjustmentLines({ lines }: { lines: AdjustmentLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("no", { header: "#", meta: { width: 48 } }),
        column.accessor("itemCode", {
          header: t("lines.item"),
          cell: ({ row: { original } }) => (
            <span>
              <b>{original.itemCode}</b> {original.itemName}
              {original.note && (
                <Text size="xs" c="dimmed">
                  {original.note}
                </Text>
              )}
            </span>
          ),
        }),
        column.accessor("warehouseCode", { header: t("lines.warehouse"), meta: { tight: true } }),
        column.accessor("difference", {
          header: t("adjustments.difference"),
          meta: { figure: true },
          cell: ({ row: { original } }) => (
            <Text
              size="sm"
              span
              c={`var(--mantine-color-${original.difference.startsWith("-") ? "red" : "green"}-light-color)`}
              fw={600}
            >
              {original.difference.startsWith("-") ? "" : "+"}
              {format.quantity(original.difference)} {words.unit(original.unit)}
            </Text>
          ),
        }),
        column.accessor("reason", {
          header: t("adjustments.reason"),
          meta: { tight: true },
          cell: ({ getValue }) => words.reason(getValue()),
        }),
      ]),
    [t, format],
  );
  return (
    <Paper withBorder>
      <DataTable columns={columns} rows={lines} rowId={idOf} label={t("lines.title")} />
    </Paper>
  );
}
