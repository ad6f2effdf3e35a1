import { expect, test } from "vitest";
import { pivotOf } from "./pivot";

const group = (row: string | null, column: string, count: number, amount: string) => ({
  keys: [row, column],
  count,
  sums: { amount },
});

const groups = [group("raw", "kg", 2, "10.5"), group("raw", "pcs", 1, "-0.5"), group(null, "kg", 4, "-20")];

test("counts add up on both edges, the largest first", () => {
  const pivot = pivotOf(groups, "", []);
  expect(pivot.rows).toEqual([
    { key: null, total: "4" },
    { key: "raw", total: "3" },
  ]);
  expect(pivot.columns.map(({ key, total }) => `${key} ${total}`)).toEqual(["kg 6", "pcs 1"]);
  expect(pivot.cell("raw", "pcs")).toBe("1");
  expect(pivot.cell(null, "pcs")).toBe("");
  expect(pivot.total).toBe("7");
});

test("sums keep their sign and are ordered by their size", () => {
  const pivot = pivotOf(groups, "amount", []);
  expect(pivot.rows.map(({ total }) => total)).toEqual(["-20", "10.0"]);
  expect(pivot.total).toBe("-10.0");
});
