import { Anchor, Badge, Button, Group } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { itemQuery } from "@/api/catalog";
import { movementsQuery } from "@/api/inventory";
import type { Movement } from "@/api/types";
import { formatDecimal } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ItemPicker } from "@/parts/ItemPicker";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany, useMay } from "@/session/company";

const column = columnsOf<Movement>();
const idOf = (row: Movement) => String(row.id);
const rowProps = (row: Movement) => ({ "data-testid": `movement-row-${row.number}-${row.itemCode}` });

/** Every receipt and issue, newest first. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayReadItems = useMay("catalog.item.read");
  const filter = useUrlFilter();
  const itemId = filter.value("item");
  const warehouseId = filter.value("warehouse");
  const document = filter.value("document");
  const query = useInfiniteQuery(movementsQuery({ companyId, itemId, warehouseId, document }));
  const { data: item } = useQuery({ ...itemQuery(itemId), enabled: itemId !== "" && mayReadItems });
  return (
    <Frame title={t("nav.movements")} lead={t("movements.lead")}>
      <Group mb="sm" gap="sm">
        {mayReadItems && (
          <ItemPicker
            value={itemId === "" ? null : (item ?? null)}
            onChange={(picked) => filter.change({ item: picked?.id ?? null })}
            label={t("lines.item")}
            hideLabel
            clearable
            width={320}
            data-testid="item-filter"
          />
        )}
        <WarehouseSelect
          aria-label={t("lines.warehouse")}
          placeholder={t("common.allWarehouses")}
          value={warehouseId}
          onChange={(warehouse) => filter.change({ warehouse })}
          clearable
          w={220}
          data-testid="warehouse-filter"
        />
        {document !== "" && (
          <Button variant="light" size="xs" onClick={() => filter.change({ document: null })}>
            {document} ×
          </Button>
        )}
      </Group>
      <PagedTable
        query={query}
        columns={useMovementColumns()}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.movements")}
        empty={<Empty icon="movements" title={t("movements.empty")} text={t("movements.emptyText")} />}
      />
    </Frame>
  );
}

function useMovementColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const mayReadVouchers = useMay("accounting.voucher.read");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("date", {
          header: t("lines.date"),
          meta: { tight: true },
          cell: ({ getValue }) => format.date(getValue()),
        }),
        column.accessor("number", {
          header: t("movements.document"),
          meta: { tight: true },
          cell: ({ getValue }) =>
            mayReadVouchers ? (
              <Anchor component={Link} to={`/vouchers?document=${encodeURIComponent(getValue())}`} size="sm">
                {getValue()}
              </Anchor>
            ) : (
              getValue()
            ),
        }),
        column.accessor("kind", {
          header: t("movements.kind"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Badge color={original.kind === "receipt" ? "green" : "orange"}>
              {[words.movement(original.kind), words.reason(original.reason)].filter(Boolean).join(" · ")}
            </Badge>
          ),
        }),
        column.accessor("itemCode", {
          header: t("lines.item"),
          cell: ({ row: { original } }) => (
            <span>
              <b>{original.itemCode}</b> {original.itemName}
            </span>
          ),
        }),
        column.accessor("warehouseCode", { header: t("lines.warehouse") }),
        column.accessor("quantity", {
          header: t("lines.quantity"),
          meta: { figure: true },
          cell: ({ row: { original } }) =>
            `${format.quantity(original.quantity)} ${words.unit(original.unit)}`,
        }),
        column.accessor("unitCost", {
          header: t("movements.unitCost"),
          meta: { figure: true, from: "lg" },
          cell: ({ getValue }) => formatDecimal(getValue(), format.locale, 2),
        }),
        column.accessor("amount", {
          header: t("movements.amount"),
          meta: { figure: true, from: "lg" },
          cell: ({ getValue }) => format.money(getValue()),
        }),
        column.accessor("reference", { header: t("movements.reference"), meta: { from: "lg" } }),
      ]),
    [t, format, mayReadVouchers],
  );
}
