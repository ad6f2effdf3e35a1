import type { ListColumn } from "@/api/lists";
import { addDecimals, compareDecimals } from "@/format/decimal";

export type Key = string | null;

type Edge = { key: Key; total: string };

/** Figures by two columns: at the left the values of the first, above those of the second. */
export type Pivot = { rows: Edge[]; columns: Edge[]; cell: (row: Key, column: Key) => string; total: string };

type Group = { keys: readonly Key[]; count: number; sums: Record<string, string | null> };

/** What is counted: the rows themselves, or the sum of a column. */
export const figureOf = (group: Group, measure: string) =>
  measure === "" ? String(group.count) : (group.sums[measure] ?? "0");

export function pivotOf(groups: readonly Group[], measure: string, by: readonly ListColumn[]): Pivot {
  const cells = new Map<string, string>();
  const nameOf = (row: Key, column: Key) => JSON.stringify([row, column]);
  for (const group of groups)
    cells.set(nameOf(group.keys[0] ?? null, group.keys[1] ?? null), figureOf(group, measure));
  const edge = (at: 0 | 1): Edge[] => {
    const values = new Map<Key, string[]>();
    for (const group of groups) {
      const key = group.keys[at] ?? null;
      values.set(key, [...(values.get(key) ?? []), figureOf(group, measure)]);
    }
    const edges = [...values].map(([key, parts]) => ({ key, total: addDecimals(parts) }));
    // Days stand in their order, everything else begins with the largest.
    return by[at]?.kind === "date"
      ? edges.sort((a, b) => (a.key ?? "").localeCompare(b.key ?? ""))
      : edges.sort((a, b) => compareDecimals(sizeOf(b.total), sizeOf(a.total)));
  };
  const rows = edge(0);
  return {
    rows,
    columns: edge(1),
    cell: (row, column) => cells.get(nameOf(row, column)) ?? "",
    total: addDecimals(rows.map(({ total }) => total)),
  };
}

export const sizeOf = (value: string) => value.replace("-", "");
