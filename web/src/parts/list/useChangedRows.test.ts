import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useChangedRows } from "./useChangedRows";

type Row = { key: string; figure: string };

const row = (key: string, figure: string): Row => ({ key, figure });
const show = (rows: Row[], scope = "all") =>
  renderHook(
    (shown: { rows: Row[]; scope: string }) => useChangedRows(shown.rows, shown.scope, keyOf, figureOf),
    { initialProps: { rows, scope } },
  );
const keyOf = ({ key }: Row) => key;
const figureOf = ({ figure }: Row) => figure;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("Marks the row whose figure changed, for a moment", () => {
  const { result, rerender } = show([row("a", "1"), row("b", "5")]);
  expect(result.current.size).toBe(0);
  rerender({ rows: [row("a", "1"), row("b", "6")], scope: "all" });
  expect([...result.current.keys()]).toEqual(["b"]);
  act(() => vi.advanceTimersByTime(2000));
  expect(result.current.size).toBe(0);
});

it("Marks a second change differently, so that it is seen again", () => {
  const { result, rerender } = show([row("a", "1")]);
  rerender({ rows: [row("a", "2")], scope: "all" });
  const first = result.current.get("a");
  rerender({ rows: [row("a", "3")], scope: "all" });
  expect(result.current.get("a")).not.toBe(first);
});

it("Another filter is another list, not a change", () => {
  const { result, rerender } = show([row("a", "1")]);
  rerender({ rows: [row("c", "9")], scope: "only c" });
  expect(result.current.size).toBe(0);
});
