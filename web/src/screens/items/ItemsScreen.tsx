import { Anchor, Badge, Button, Group, Select, Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { itemsQuery } from "@/api/catalog";
import type { Item } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { SearchInput } from "@/parts/SearchInput";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useMay } from "@/session/company";
import { itemKinds } from "./kinds";

const column = columnsOf<Item>();
const idOf = (row: Item) => row.id;
const rowProps = (row: Item) => ({
  "data-testid": `item-row-${row.code}`,
  "data-muted": row.retiredAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const mayWrite = useMay("catalog.item.write");
  const filter = useUrlFilter();
  const search = filter.value("search");
  const kind = filter.value("kind");
  const retired = filter.value("retired") === "true";
  const query = useInfiniteQuery(itemsQuery({ search, kind, ...(retired && { retired }) }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("code", {
          header: t("items.code"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Anchor component={Link} to={`/items/${original.id}`} size="sm" fw={600}>
              {original.code}
            </Anchor>
          ),
        }),
        column.accessor("name", { header: t("items.name") }),
        column.accessor("kind", { header: t("items.kind"), cell: ({ getValue }) => words.kind(getValue()) }),
        column.accessor("unit", { header: t("items.unit"), cell: ({ getValue }) => words.unit(getValue()) }),
        column.accessor("retiredAt", {
          header: () => null,
          meta: { align: "right" },
          cell: ({ getValue }) => getValue() !== null && <Badge color="gray">{t("items.retired")}</Badge>,
        }),
      ]),
    [t],
  );
  const filtered = search !== "" || kind !== "";
  const add = mayWrite && (
    <Button
      component={Link}
      to="/items/new"
      leftSection={<Icon name="plus" size={16} />}
      data-testid="new-item"
    >
      {t("items.new")}
    </Button>
  );

  return (
    <Frame title={t("nav.items")} lead={t("items.lead")} actions={add}>
      <Group mb="sm" gap="sm">
        <SearchInput
          value={search}
          onChange={(next) => filter.change({ search: next })}
          label={t("items.search")}
        />
        <Select
          aria-label={t("items.kind")}
          placeholder={t("items.allKinds")}
          data={itemKinds.map((value) => ({ value, label: words.kind(value) }))}
          value={kind === "" ? null : kind}
          onChange={(next) => filter.change({ kind: next })}
          clearable
          w={190}
          data-testid="kind-filter"
        />
        <Switch
          label={t("items.showRetired")}
          checked={retired}
          onChange={(event) => filter.change({ retired: event.currentTarget.checked ? "true" : null })}
          data-testid="retired-filter"
        />
      </Group>
      <PagedTable
        query={query}
        columns={columns}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.items")}
        empty={
          filtered ? (
            <Empty title={t("items.nothingFound")} text={t("common.otherFilter")} />
          ) : (
            <Empty icon="items" title={t("items.empty")} text={t("items.emptyText")}>
              {add}
            </Empty>
          )
        }
      />
    </Frame>
  );
}
