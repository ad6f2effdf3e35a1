import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { UnitGoods } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { StockStatusText } from "@/parts/StockStatusText";
import { columnsOf } from "@/parts/table";
import { lotAddress } from "../lot/address";

const column = columnsOf<UnitGoods>();
const idOf = (row: UnitGoods) => [row.itemId, row.lot, row.status, row.ownerId].join(" ");

/** What is on a pallet. */
export function UnitGoodsTable({ goods }: { goods: UnitGoods[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  const columns = useMemo(
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
        column.accessor("itemName", { header: t("units.name") }),
        column.accessor("lot", {
          header: t("units.lot"),
          cell: ({ row: { original } }) =>
            original.lot !== "" && (
              <Anchor component={Link} to={lotAddress(original.itemId, original.lot)} inherit>
                {original.lot}
              </Anchor>
            ),
        }),
        column.accessor((row) => row.expiresOn && format.date(row.expiresOn), {
          id: "expires",
          header: t("units.expires"),
        }),
        column.accessor("status", {
          header: t("units.status"),
          cell: ({ row: { original } }) => (
            <StockStatusText status={original.status} owner={original.ownerName} />
          ),
        }),
        column.accessor((row) => `${format.quantity(row.onHand)} ${words.unit(row.unit)}`, {
          id: "onHand",
          header: t("lines.quantity"),
          meta: { figure: true },
        }),
        column.accessor((row) => (isPositive(row.pinned) ? format.quantity(row.pinned) : ""), {
          id: "pinned",
          header: t("units.pinned"),
          meta: { figure: true },
        }),
      ]),
    [t, format],
  );
  return <DataTable columns={columns} rows={goods} rowId={idOf} label={t("units.goods")} />;
}
