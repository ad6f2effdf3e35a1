import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { StockAt } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { StockStatusText } from "@/parts/StockStatusText";
import { columnsOf } from "@/parts/table";
import { lotAddress } from "../lot/address";

const column = columnsOf<StockAt>();

export const idOf = ({ itemId, warehouseId, bin, lot, status, ownerId }: StockAt) =>
  [itemId, warehouseId, bin, lot, status, ownerId].join(" ");

export const rowProps = (row: StockAt) => ({
  "data-testid": `at-row-${row.itemCode}-${row.bin}-${row.lot || row.status}`,
});

export function useColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  return useMemo(
    () =>
      column.columns([
        column.accessor("itemCode", {
          header: t("lines.item"),
          cell: ({ row: { original } }) => (
            <Anchor component={Link} to={`/items/${original.itemId}`} inherit fw={600}>
              {original.itemCode}
            </Anchor>
          ),
        }),
        column.accessor("itemName", { header: t("items.name") }),
        column.accessor("warehouseCode", { header: t("lines.warehouse") }),
        column.accessor("bin", { header: t("field.bin") }),
        column.accessor("lot", {
          header: t("field.lot"),
          cell: ({ row: { original } }) =>
            original.lot !== "" && (
              <Anchor component={Link} to={lotAddress(original.itemId, original.lot)} inherit>
                {original.lot}
              </Anchor>
            ),
        }),
        column.accessor("status", {
          header: t("stockAt.status"),
          cell: ({ row: { original } }) => (
            <StockStatusText status={original.status} owner={original.ownerName} />
          ),
        }),
        column.accessor((row) => `${format.quantity(row.onHand)} ${words.unit(row.unit)}`, {
          id: "onHand",
          header: t("stockAt.onHand"),
          meta: { figure: true },
        }),
      ]),
    [t, format],
  );
}
