import { expect, it } from "vitest";
import { stepsOf } from "./steps";

it("A step chart is as wide as its days and as high as its highest value", () => {
  const points = [
    { date: "2026-10-31", value: "12.5" },
    { date: "2026-11-02", value: "3" },
  ];
  const { days, most, xOf } = stepsOf("2026-10-30", "2026-11-02", "9", points);
  expect([days, most]).toEqual([4, "12.5"]);
  expect([xOf("2026-10-30"), xOf("2026-11-02"), xOf("2027-01-01"), xOf("2020-01-01")]).toEqual([0, 3, 4, 0]);
});

it("Without any stock nothing is divided by zero", () => {
  expect(stepsOf("2026-11-01", "2026-11-01", "0", [])).toMatchObject({ days: 1, most: "1" });
});
