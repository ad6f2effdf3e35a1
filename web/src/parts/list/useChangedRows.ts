import { useEffect, useRef, useState } from "react";

export type Mark = "a" | "b";

const shownMilliseconds = 1700;

/**
 * The rows whose figures changed since the last look, for a moment each. A new `scope` (another filter, one more
 * page) is a new list, not a change. The mark alternates so that a second change restarts the animation.
 */
export function useChangedRows<TRow>(
  rows: readonly TRow[],
  scope: string,
  keyOf: (row: TRow) => string,
  figuresOf: (row: TRow) => string,
): ReadonlyMap<string, Mark> {
  const seen = useRef<{ scope: string; figures: Map<string, string> } | null>(null);
  const [changed, setChanged] = useState<ReadonlyMap<string, Mark>>(new Map());
  useEffect(() => {
    const figures = new Map(rows.map((row) => [keyOf(row), figuresOf(row)]));
    const before = seen.current;
    seen.current = { scope, figures };
    if (before?.scope !== scope) return;
    const fresh = [...figures]
      .filter(([key, value]) => before.figures.get(key) !== value)
      .map(([key]) => key);
    if (fresh.length === 0) return;
    setChanged((previous) => new Map(fresh.map((key) => [key, previous.get(key) === "a" ? "b" : "a"])));
  }, [rows, scope, keyOf, figuresOf]);
  useEffect(() => {
    if (changed.size === 0) return;
    const timer = setTimeout(() => setChanged(new Map()), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [changed]);
  return changed;
}
