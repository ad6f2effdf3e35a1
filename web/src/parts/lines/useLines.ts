import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { itemQuery } from "@/api/catalog";
import { emptyLine, type Line } from "./lines";

export type Lines = {
  lines: Line[];
  change: (key: string, changes: Partial<Line>) => void;
  add: () => void;
  remove: (key: string) => void;
  reset: () => void;
};

/** The lines of a form; the first one starts with the item the address names, if any. */
export function useLines(itemId: string, lot = ""): Lines {
  const [lines, setLines] = useState<Line[]>(() => [emptyLine()]);
  const { data: item } = useQuery({ ...itemQuery(itemId), enabled: itemId !== "", staleTime: 60_000 });
  useEffect(() => {
    if (!item) return;
    const { id, code, name, unit, tracking } = item;
    setLines(([first, ...rest]) =>
      first && first.item === null
        ? [{ ...first, item: { id, code, name, unit, tracking }, lot }, ...rest]
        : [first ?? emptyLine(), ...rest],
    );
  }, [item, lot]);
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
