import { Anchor, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Stock } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { columnsOf } from "@/parts/table";
import { StockActions } from "./StockActions";

const column = columnsOf<Stock>();

export function useStockColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("itemCode", {
          header: t("lines.item"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <>
              <Anchor component={Link} to={`/items/${original.itemId}`} size="sm" fw={600}>
                {original.itemCode}
              </Anchor>
              <Text hiddenFrom="md" size="xs" c="dimmed" truncate maw={190}>
                {original.itemName}
              </Text>
            </>
          ),
        }),
        column.accessor("itemName", { header: t("items.name"), meta: { from: "md" } }),
        column.accessor("warehouseCode", { header: t("lines.warehouse"), meta: { tight: true } }),
        column.accessor("onHand", {
          header: t("stock.onHand"),
          meta: { figure: true, testId: "on-hand" },
          cell: ({ getValue }) => format.quantity(getValue()),
        }),
        column.accessor("reserved", {
          header: t("stock.reserved"),
          meta: { figure: true, testId: "reserved" },
          cell: ({ getValue }) => format.quantity(getValue()),
        }),
        column.accessor("available", {
          header: t("stock.available"),
          meta: { figure: true, testId: "available" },
          cell: ({ getValue }) => (
            <Text span size="sm" fw={700} c={isPositive(getValue()) ? undefined : "red"}>
              {format.quantity(getValue())}
            </Text>
          ),
        }),
        column.accessor("unit", { header: t("lines.unit"), cell: ({ getValue }) => words.unit(getValue()) }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "right" },
          cell: ({ row: { original } }) => <StockActions row={original} />,
        }),
      ]),
    [t, format],
  );
}
