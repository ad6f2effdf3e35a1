import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { fieldValuesQuery } from "@/api/fields";
import type { ListColumn, ListName } from "@/api/lists";

/** The kind of document whose own fields a list shows. */
const typeOf: Partial<Record<ListName, string>> = {
  items: "item",
  partners: "partner",
  adjustments: "stock_adjustment",
};

const prefix = "field.";
const atOnce = 100;

/** What the fields of one's own say of the rows that are loaded; asked for only where such a column is shown. */
export function useOwnValues(list: ListName, columns: readonly ListColumn[], ids: readonly string[]) {
  const type = typeOf[list];
  const wanted = type !== undefined && columns.some(({ name }) => name.startsWith(prefix));
  const pieces = useMemo(
    () =>
      wanted
        ? Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, at) =>
            ids.slice(at * atOnce, (at + 1) * atOnce),
          )
        : [],
    [wanted, ids],
  );
  return useQueries({
    queries: pieces.map((piece) => fieldValuesQuery(type ?? "", [...piece])),
    combine: (answers) =>
      new Map(
        answers
          .flatMap(({ data }) => data?.items ?? [])
          .map(({ documentId, values }) => [documentId, values]),
      ),
  });
}

/** A row with its own fields among its values, under the names of their columns. */
export const withOwn = <TRow extends object>(row: TRow, values: Record<string, string> | undefined): TRow =>
  values
    ? { ...row, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value])) }
    : row;
