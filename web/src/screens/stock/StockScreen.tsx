import { Button, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { stockQuery } from "@/api/inventory";
import type { Stock } from "@/api/types";
import { useAnchor } from "@/live/LiveProvider";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { PagedTable, useRows } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { SearchInput } from "@/parts/SearchInput";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany, useMay } from "@/session/company";
import { NewWarehouse } from "./NewWarehouse";
import { StockOut } from "./StockOut";
import { useChangedRows } from "./useChangedRows";
import { useStockColumns } from "./useStockColumns";

const rowsOfWarehouse = ["inventory.warehouse", "inventory.bin"];
const keyOf = (row: Stock) => `${row.itemId} ${row.warehouseId}`;
const figuresOf = (row: Stock) => `${row.onHand} ${row.reserved} ${row.available}`;

/** What there is, right now: the table follows the live stream. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayReceive = useMay("inventory.receive");
  const filter = useUrlFilter();
  const asked = {
    companyId,
    search: filter.value("search"),
    warehouseId: filter.value("warehouse"),
    itemId: filter.value("item"),
  };
  const query = useInfiniteQuery(stockQuery(asked));
  const pages = query.data?.pages;
  useAnchor(pages?.[0]?.position);
  const rows = useRows(query.data);
  const scope = `${JSON.stringify(asked)} ${pages?.length ?? 0}`;
  const changed = useChangedRows(rows, scope, keyOf, figuresOf);
  const columns = useStockColumns();
  const filtered = asked.search !== "" || asked.warehouseId !== "" || asked.itemId !== "";
  const rowProps = useCallback(
    (row: Stock) => ({
      "data-testid": `stock-row-${row.itemCode}-${row.warehouseCode}`,
      "data-changed": changed.get(keyOf(row)),
    }),
    [changed],
  );
  const empty = useMemo(
    () =>
      filtered ? (
        <Empty title={t("stock.nothingFound")} text={t("common.otherFilter")} />
      ) : (
        <Empty icon="stock" title={t("stock.empty")} text={t("stock.emptyText")}>
          {mayReceive && (
            <Button component={Link} to="/receive">
              {t("nav.receive")}
            </Button>
          )}
        </Empty>
      ),
    [filtered, mayReceive, t],
  );

  return (
    <Frame
      title={t("nav.stock")}
      lead={t("stock.lead")}
      actions={
        <>
          <StockOut companyId={companyId} warehouseId={asked.warehouseId} search={asked.search} />
          <NewWarehouse />
          {mayReceive && (
            <Button component={Link} to="/receive" leftSection={<Icon name="receive" size={16} />}>
              {t("nav.receive")}
            </Button>
          )}
        </>
      }
    >
      <Group mb="sm" gap="sm">
        <SearchInput
          value={asked.search}
          onChange={(search) => filter.change({ search })}
          label={t("stock.search")}
        />
        <WarehouseSelect
          aria-label={t("lines.warehouse")}
          placeholder={t("common.allWarehouses")}
          value={asked.warehouseId}
          onChange={(warehouse) => filter.change({ warehouse })}
          clearable
          w={220}
          data-testid="warehouse-filter"
        />
        {asked.warehouseId !== "" && (
          <HistoryButton name={t("lines.warehouse")} entities={rowsOfWarehouse} of={asked.warehouseId} />
        )}
        {asked.itemId !== "" && (
          <Button variant="light" size="xs" onClick={() => filter.change({ item: null })}>
            {t("common.oneItem")} ×
          </Button>
        )}
      </Group>
      <PagedTable
        query={query}
        columns={columns}
        rowId={keyOf}
        label={t("nav.stock")}
        rowProps={rowProps}
        empty={empty}
      />
    </Frame>
  );
}
