import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { itemQuery } from "@/api/catalog";
import type { ItemDetail } from "@/api/types";
import { emptyLine, type Line } from "./lines";

export type Lines = {
  lines: Line[];
  change: (key: string, changes: Partial<Line>) => void;
  add: () => void;
  remove: (key: string) => void;
  reset: () => void;
};

/** What the address asks for. */
export type Wanted = Pick<Line, "quantity" | "lot" | "held" | "expected"> & { item: string };

/** The lines of a form; the first ones start with what the address names, if anything. */
export function useLines(wanted: Wanted[]): Lines {
  const [first] = useState(() => wanted.map(({ item: _, ...rest }) => ({ ...emptyLine(), ...rest })));
  const [lines, setLines] = useState<Line[]>(() => (first.length > 0 ? first : [emptyLine()]));
  const items = useQueries({
    queries: wanted.map(({ item }) => ({ ...itemQuery(item), staleTime: 60_000 })),
    combine: dataOf,
  });
  useEffect(() => {
    for (const [at, item] of items.entries()) {
      if (!item) continue;
      const { id, code, name, unit, tracking } = item;
      const key = first[at]?.key;
      setLines((previous) =>
        previous.map((line) =>
          line.key === key && line.item === null
            ? { ...line, item: { id, code, name, unit, tracking } }
            : line,
        ),
      );
    }
  }, [items, first]);
  return {
    lines,
    change: (key, changes) =>
      setLines((previous) => previous.map((line) => (line.key === key ? { ...line, ...changes } : line))),
    add: () => setLines((previous) => [...previous, emptyLine()]),
    remove: (key) =>
      setLines((previous) => {
        const left = previous.filter((line) => line.key !== key);
        return left.length > 0 ? left : [emptyLine()];
      }),
    reset: () => setLines([emptyLine()]),
  };
}

const dataOf = (results: { data?: ItemDetail | undefined }[]) => results.map(({ data }) => data);
