import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { ListQuery } from "@/api/lists";

export type ListState = ListQuery & {
  /** The columns that are shown, in their order; null for those that are usual. */
  columns: string[] | null;
  /** One column, or two with a comma between them. */
  group: string;
  /** The column that a pivot adds up; without it rows are counted. */
  measure: string;
  /** How the rows are laid out. */
  layout: ListLayout;
  /** The month a calendar shows. */
  month: string;
};

export type ListLayout = "table" | "board" | "calendar";

const names = [
  "search",
  "filter",
  "match",
  "within",
  "sort",
  "columns",
  "group",
  "measure",
  "layout",
  "month",
] as const;

const layouts: readonly ListLayout[] = ["table", "board", "calendar"];
/** What need not stand in the address. */
const usualOf: Record<string, string> = { match: "all", layout: "table" };

/** What a list shows lives in the address: it can be sent on, kept, and come back to. */
export function useListState(usual: Partial<ListState> = {}) {
  const [params, setParams] = useSearchParams();
  const { sort: usualSort = "" } = usual;
  const state = useMemo<ListState>(
    () => ({
      search: params.get("search") ?? "",
      filter: params.getAll("filter"),
      match: params.get("match") === "any" ? "any" : "all",
      sort: params.get("sort") ?? usualSort,
      columns: params.get("columns")?.split(",") ?? null,
      group: params.get("group") ?? "",
      measure: params.get("measure") ?? "",
      within: params.getAll("within"),
      layout: layouts.find((one) => one === params.get("layout")) ?? "table",
      month: params.get("month") ?? "",
    }),
    [params, usualSort],
  );
  const change = useCallback(
    (changes: Partial<ListState>) =>
      setParams(
        (previous) => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(changes)) {
            next.delete(name);
            if (name === "filter" || name === "within")
              for (const one of value as string[]) next.append(name, one);
            else if (Array.isArray(value)) next.set(name, value.join(","));
            else if (value && value !== usualOf[name]) next.set(name, value as string);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  /** The part of the address that a saved view keeps. */
  const text = useMemo(() => {
    const kept = new URLSearchParams();
    for (const name of names) for (const value of params.getAll(name)) kept.append(name, value);
    return kept.toString();
  }, [params]);
  const open = useCallback(
    (view: string) => setParams(new URLSearchParams(view), { replace: true }),
    [setParams],
  );
  return { state, change, text, open };
}
