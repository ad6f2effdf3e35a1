import { Anchor, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Unit, UnitGoods } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { RowLink } from "@/parts/RowAction";
import { StockStatusText } from "@/parts/StockStatusText";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";
import { lotAddress } from "../lot/address";

const column = columnsOf<UnitGoods>();
const idOf = (row: UnitGoods) => [row.itemId, row.lot, row.status, row.ownerId].join(" ");

const wayOff = (unit: Unit, { itemId, lot, status, ownerName, ownerId }: UnitGoods) =>
  `/transfer?${new URLSearchParams({
    item: itemId,
    warehouse: unit.warehouseId,
    lot,
    bin: unit.sscc,
    status,
    ...(ownerName !== null && { owner: ownerId }),
  })}`;

/** What is on a pallet; each of it can be taken off. */
export function UnitGoodsTable({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const mayMove = useMay("inventory.transfer");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("itemCode", {
          header: t("lines.item"),
          cell: ({ row: { original } }) => (
            <>
              <Anchor
                component={Link}
                to={`/items/${original.itemId}`}
                inherit
                fw={600}
                style={{ whiteSpace: "nowrap" }}
              >
                {original.itemCode}
              </Anchor>
              <Text size="sm">{original.itemName}</Text>
            </>
          ),
        }),
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
        column.display({
          id: "actions",
          header: "",
          cell: ({ row: { original } }) =>
            mayMove && (
              <RowLink
                icon="transfer"
                tip={t("units.takeOff")}
                label={t("units.takeOffRow", { item: original.itemCode })}
                to={wayOff(unit, original)}
                data-testid={`unit-take-${original.itemCode}`}
              />
            ),
        }),
      ]),
    [t, format, mayMove, unit],
  );
  return <DataTable columns={columns} rows={unit.goods} rowId={idOf} label={t("units.goods")} />;
}
