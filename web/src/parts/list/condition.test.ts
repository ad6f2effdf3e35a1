import { describe, expect, it } from "vitest";
import { parseCondition, writeCondition } from "./condition";

describe("a condition in an address", () => {
  it.each([
    { column: "kind", how: "is", values: ["raw", "semi"] },
    { column: "name", how: "has", values: ["a|b", "c\\d", "e:f"] },
    { column: "code", how: "empty", values: [""] },
  ])("comes back as it was: $how", (condition) => {
    expect(parseCondition(writeCondition(condition))).toEqual(condition);
  });
});
