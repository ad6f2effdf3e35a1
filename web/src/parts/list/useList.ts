import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { columnsQuery, type ListColumn, type ListName, type ListQuery } from "@/api/lists";
import { useLocale } from "@/format/useFormat";
import { useCompany } from "@/session/company";
import { exact, parseCondition, writeCondition } from "./condition";
import { useListState } from "./useListState";

const noColumns: ListColumn[] = [];

/** Values and their titles, by column. */
export type Choices = Record<string, ListColumn["choices"]>;

/** The columns of a list, what its address asks for, and how that is said to the API. */
export function useList(list: ListName, ofCompany: boolean, choices?: Choices) {
  const companyId = useCompany().id;
  const { state, change, text, open } = useListState();
  const shape = useQuery(columnsQuery(list, useLocale()));
  const told = shape.data?.columns ?? noColumns;
  const all = useMemo(
    () => (choices ? told.map((column) => withChoices(column, choices[column.name])) : told),
    [told, choices],
  );
  const shown = useMemo(
    () =>
      state.columns
        ? state.columns.flatMap((name) => all.find((column) => column.name === name) ?? [])
        : all.filter((column) => !column.hidden),
    [all, state.columns],
  );
  const { search, match, sort, filter, within } = state;
  const query = useMemo<ListQuery>(() => {
    const said = (one: string) => {
      const condition = parseCondition(one);
      const kind = all.find((column) => column.name === condition.column)?.kind ?? "text";
      return writeCondition(exact(condition, kind));
    };
    return {
      ...(ofCompany && { companyId }),
      search,
      match,
      sort,
      filter: filter.map(said),
      within: within.map(said),
    };
  }, [search, match, sort, filter, within, all, ofCompany, companyId]);
  return { shape, all, shown, state, change, text, open, query };
}

const withChoices = (column: ListColumn, choices: ListColumn["choices"] | undefined): ListColumn =>
  choices && choices.length > 0 ? { ...column, kind: "choice", choices } : column;
