import { Anchor, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { warehousesQuery } from "@/api/inventory";
import type { Stock } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Icon } from "@/parts/icons";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { NewWarehouse } from "./NewWarehouse";
import { StockActions } from "./StockActions";
import { StockOut } from "./StockOut";

const idOf = (row: Stock) => `${row.itemId} ${row.warehouseId}`;
const linkOf = (row: Stock) => `/items/${row.itemId}`;
const figuresOf = (row: Stock) =>
  `${row.onHand} ${row.reserved} ${row.withheld} ${row.available} ${row.waiting}`;
const rowProps = (row: Stock) => ({ "data-testid": `stock-row-${row.itemCode}-${row.warehouseCode}` });
const actions = (row: Stock) => <StockActions row={row} />;

/** What there is, right now: the list follows the live stream. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayReceive = useMay("inventory.receive");
  const cells = useStockCells();
  const { data: warehouses } = useQuery(warehousesQuery(companyId));
  const choices = useMemo(
    () => ({
      warehouse: (warehouses ?? []).map(({ code, name }) => ({ value: code, title: `${code} · ${name}` })),
    }),
    [warehouses],
  );
  const receive = mayReceive && (
    <Button component={Link} to="/receive" leftSection={<Icon name="receive" size={16} />}>
      {t("nav.receive")}
    </Button>
  );
  return (
    <Frame
      title={t("nav.stock")}
      lead={t("stock.lead")}
      actions={
        <>
          <StockOut companyId={companyId} />
          <NewWarehouse />
          {receive}
        </>
      }
    >
      <ListView<Stock>
        list="stock"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        choices={choices}
        actions={actions}
        figuresOf={figuresOf}
        label={t("nav.stock")}
        searchLabel={t("stock.search")}
        empty={
          <Empty icon="stock" title={t("stock.empty")} text={t("stock.emptyText")}>
            {receive}
          </Empty>
        }
      />
    </Frame>
  );
}

function useStockCells() {
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  return useMemo(
    () => ({
      item: (row: Stock) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.itemCode}
        </Anchor>
      ),
      name: (row: Stock) => row.itemName,
      warehouse: (row: Stock) => row.warehouseCode,
      unit: (row: Stock) => words.unit(row.unit),
      onHand: (row: Stock) => <span data-testid="on-hand">{format.quantity(row.onHand)}</span>,
      reserved: (row: Stock) => <span data-testid="reserved">{format.quantity(row.reserved)}</span>,
      withheld: (row: Stock) => <span data-testid="withheld">{format.quantity(row.withheld)}</span>,
      waiting: (row: Stock) => (
        <Text span inherit fw={700} data-testid="waiting">
          {isPositive(row.waiting) && format.quantity(row.waiting)}
        </Text>
      ),
      available: (row: Stock) => (
        <Text span inherit fw={700} c={isPositive(row.available) ? undefined : "red"} data-testid="available">
          {format.quantity(row.available)}
        </Text>
      ),
    }),
    [format],
  );
}
