import { Anchor, Button, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Place } from "@/api/types";
import { todayIn } from "@/format/date";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { listOf } from "@/parts/list/condition";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { StockStatusText } from "@/parts/StockStatusText";
import { useCompany } from "@/session/company";
import { lotAddress } from "../lot/address";
import { PlaceActions } from "./PlaceActions";

const idOf = ({ itemId, warehouseId, bin, lot, status, ownerId }: Place) =>
  [itemId, warehouseId, bin, lot, status, ownerId].join(" ");
const movementsOf = (row: Place) =>
  listOf("/movements", {
    item: row.itemCode,
    warehouse: row.warehouseCode,
    bin: row.bin,
    ...(row.lot !== "" && { lot: row.lot }),
  });
const rowProps = (row: Place) => ({
  "data-testid": `place-row-${row.itemCode}-${row.bin}-${row.lot || row.status}`,
});
const actions = (row: Place) => <PlaceActions row={row} />;

/** Where exactly goods are; a row leads to its movements. */
export function Screen() {
  const { t } = useTranslation();
  return (
    <Frame
      title={t("nav.places")}
      lead={t("places.lead")}
      actions={
        <Button component={Link} to="/places/bins" variant="default" data-testid="bins">
          {t("bins.title")}
        </Button>
      }
    >
      <ListView<Place>
        list="places"
        ofCompany
        cells={usePlaceCells()}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={movementsOf}
        actions={actions}
        label={t("nav.places")}
        searchLabel={t("stock.search")}
        empty={<Empty icon="places" title={t("places.empty")} text={t("places.emptyText")} />}
      />
    </Frame>
  );
}

function usePlaceCells() {
  const format = useFormat();
  const words = useWords();
  const { t } = useTranslation();
  const today = todayIn(useCompany().timeZone);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  return useMemo(
    () => ({
      item: (row: Place) => (
        <Anchor component={Link} to={movementsOf(row)} inherit fw={600}>
          {row.itemCode}
        </Anchor>
      ),
      name: (row: Place) => row.itemName,
      warehouse: (row: Place) => row.warehouseCode,
      bin: (row: Place) =>
        row.standsIn === null ? (
          row.bin
        ) : (
          <>
            <Anchor component={Link} to={`/units/${row.bin}`} inherit>
              {row.bin}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t("units.in", { bin: row.standsIn })}
            </Text>
          </>
        ),
      expires: (row: Place) =>
        row.expiresOn && (
          <Text
            span
            inherit
            c={row.expiresOn < today ? "red" : undefined}
            fw={row.expiresOn < today ? 700 : 400}
          >
            {format.date(row.expiresOn)}
          </Text>
        ),
      lot: (row: Place) =>
        row.lot !== "" && (
          <Anchor component={Link} to={lotAddress(row.itemId, row.lot)} inherit>
            {row.lot}
          </Anchor>
        ),
      first: (row: Place) => row.firstOn && format.date(row.firstOn),
      status: (row: Place) => <StockStatusText status={row.status} />,
      onHand: (row: Place) => <b>{format.quantity(row.onHand)}</b>,
      owner: (row: Place) => row.ownerName,
      pinned: (row: Place) => isPositive(row.pinned) && format.quantity(row.pinned),
      unit: (row: Place) => words.unit(row.unit),
    }),
    [format, t, today],
  );
}
