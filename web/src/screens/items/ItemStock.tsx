import { Anchor, Paper, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { whereQuery } from "@/api/inventory";
import type { Held, ItemDetail, Lying } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { listOf } from "@/parts/list/condition";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Part } from "@/parts/Part";
import { StockStatusText } from "@/parts/StockStatusText";
import { columnsOf } from "@/parts/table";
import { useCompany } from "@/session/company";
import { lotAddress } from "../lot/address";

const lying = columnsOf<Lying>();
const held = columnsOf<Held>();
const lyingId = (row: Lying) => [row.warehouseId, row.bin, row.lot, row.status, row.ownerName].join(" ");
const heldId = (row: Held) => `${row.reservationId} ${row.warehouseId}`;

/** Where an item lies, and to whom it is promised. */
export function ItemStock({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const { data, error, isPending, isFetching, refetch } = useQuery(whereQuery(companyId, item.id));
  const byLot = item.tracking !== "none" || data?.places.some((one) => one.lot !== "");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  const columns = useMemo(() => {
    const amount = (value: string) => `${format.quantity(value)} ${words.unit(item.unit)}`;
    return {
      lying: lying.columns([
        lying.accessor((row) => `${row.warehouseCode} · ${row.standsIn ?? row.bin}`, {
          id: "bin",
          header: t("lines.warehouse"),
          cell: ({ row: { original }, getValue }) => (
            <>
              {getValue()}
              {original.standsIn && <Text size="xs">{original.bin}</Text>}
            </>
          ),
        }),
        ...(!byLot
          ? []
          : [
              lying.accessor("lot", {
                header: t("lines.lot"),
                cell: ({ row: { original } }) =>
                  original.lot !== "" && (
                    <>
                      <Anchor component={Link} to={lotAddress(item.id, original.lot)} inherit>
                        {original.lot}
                      </Anchor>
                      {original.expiresOn && (
                        <Text size="xs" style={{ whiteSpace: "nowrap" }}>
                          {t("items.expiresOn", { date: format.date(original.expiresOn) })}
                        </Text>
                      )}
                    </>
                  ),
              }),
            ]),
        lying.accessor("status", {
          header: t("transfer.status"),
          cell: ({ row: { original } }) => (
            <StockStatusText status={original.status} owner={original.ownerName} />
          ),
        }),
        lying.accessor((row) => amount(row.onHand), {
          id: "onHand",
          header: t("lines.quantity"),
          meta: { figure: true },
        }),
      ]),
      held: held.columns([
        held.accessor("demand", { header: t("reserve.demand") }),
        held.accessor("warehouseCode", { header: t("lines.warehouse") }),
        held.accessor((row) => format.instant(row.createdAt), { id: "since", header: t("items.heldSince") }),
        held.accessor((row) => amount(row.held), {
          id: "held",
          header: t("items.held"),
          meta: { figure: true },
        }),
        held.accessor((row) => (isPositive(row.expected) ? amount(row.expected) : ""), {
          id: "expected",
          header: t("items.expected"),
          meta: { figure: true },
        }),
        held.accessor((row) => (isPositive(row.waiting) ? amount(row.waiting) : ""), {
          id: "waiting",
          header: t("items.waiting"),
          meta: { figure: true },
        }),
      ]),
    };
  }, [t, format, item.unit, byLot]);
  if (isPending || error)
    return (
      <Paper withBorder p="md">
        {error ? <ProblemNote error={error} onRetry={refetch} retrying={isFetching} /> : <Loading rows={3} />}
      </Paper>
    );
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} data-testid="item-stock">
      <Part
        title={t("items.where")}
        nothing={data.places.length === 0 && t("items.whereNothing")}
        all={data.morePlaces && { to: listOf("/places", { item: item.code }), text: t("items.allPlaces") }}
      >
        <DataTable
          columns={columns.lying}
          rows={data.places}
          rowId={lyingId}
          label={t("items.where")}
          minWidth={400}
        />
      </Part>
      <Part
        title={t("items.holders")}
        nothing={data.promises.length === 0 && t("items.holdersNothing")}
        all={data.morePromises && { to: "/reservations", text: t("items.allHolders") }}
      >
        <DataTable
          columns={columns.held}
          rows={data.promises}
          rowId={heldId}
          label={t("items.holders")}
          minWidth={400}
        />
      </Part>
    </SimpleGrid>
  );
}
