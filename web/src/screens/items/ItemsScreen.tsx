import { Anchor, Badge } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { itemQuery } from "@/api/catalog";
import { justNow } from "@/api/queryClient";
import type { Item } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ImportButton } from "@/parts/ImportButton";
import { ListView } from "@/parts/list/ListView";
import { NewButton } from "@/parts/NewButton";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { RetireMany } from "./RetireMany";
import { useItemEdits } from "./useItemEdits";

const idOf = (row: Item) => row.id;
const linkOf = (row: Item) => `/items/${row.id}`;
const rowProps = (row: Item) => ({
  "data-testid": `item-row-${row.code}`,
  "data-muted": row.retiredAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const mayWrite = useMay("catalog.item.write");
  const edits = useItemEdits(mayWrite);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const cells = useMemo(
    () => ({
      code: (row: Item) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.code}
        </Anchor>
      ),
      unit: (row: Item) => words.unit(row.unit),
      retired: (row: Item) => row.retiredAt !== null && <Badge color="gray">{t("items.retired")}</Badge>,
      created: () => null,
    }),
    [t],
  );
  const add = mayWrite && <NewButton to="/items/new" label={t("items.new")} data-testid="new-item" />;
  return (
    <Frame
      title={t("nav.items")}
      lead={t("items.lead")}
      actions={
        <>
          <ImportButton kind="items" permission="catalog.item.write" />
          {add}
        </>
      }
    >
      <ListView<Item>
        list="items"
        cells={cells}
        edits={edits}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        onPoint={({ id }) => void queryClient.prefetchQuery({ ...itemQuery(id), staleTime: justNow })}
        label={t("nav.items")}
        searchLabel={t("items.search")}
        {...(mayWrite && {
          bulk: (chosen: readonly string[], done: () => void) => <RetireMany items={chosen} onDone={done} />,
        })}
        empty={
          <Empty icon="items" title={t("items.empty")} text={t("items.emptyText")}>
            {add}
          </Empty>
        }
      />
    </Frame>
  );
}
