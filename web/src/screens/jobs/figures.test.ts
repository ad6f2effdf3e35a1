import { expect, it } from "vitest";
import en from "@/i18n/en.json";
import { durationOf, figuresOf } from "./figures";
import { jobTypes } from "./types";

it("A duration is said in the units that say enough of it", () => {
  const from = "2026-11-28T10:00:00Z";
  expect(durationOf(from, "2026-11-28T10:00:00.340Z")).toEqual({
    unit: "milliseconds",
    large: 340,
    small: 0,
  });
  expect(durationOf(from, "2026-11-28T10:00:59.400Z")).toEqual({ unit: "seconds", large: 59, small: 0 });
  expect(durationOf(from, "2026-11-28T10:00:59.600Z")).toEqual({ unit: "minutes", large: 1, small: 0 });
  expect(durationOf(from, "2026-11-28T12:05:07Z")).toEqual({ unit: "hours", large: 2, small: 5 });
});

it("A result shows its plain values", () => {
  expect(figuresOf(null)).toEqual([]);
  expect(figuresOf('{"mails": 3, "lost": {"a": 1}, "name": "x"}')).toEqual([
    ["mails", "3"],
    ["name", "x"],
  ]);
});

it("Every kind of job that has a name can be chosen", () => {
  const named = Object.entries(en.jobType).flatMap(([group, names]) =>
    Object.keys(names).map((name) => `${group}.${name}`),
  );
  expect([...jobTypes].sort()).toEqual(named.sort());
});
