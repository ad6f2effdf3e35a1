import { expect, it } from "vitest";
import { readLabel } from "./scan";

it("A label says item, lot and expiry, whatever stands in a code", () => {
  expect(readLabel("PMP-100|L1|2027-01-31")).toEqual({ code: "PMP-100", lot: "L1", expires: "2027-01-31" });
  expect(readLabel("A%7CB|%C5%9E%201|")).toEqual({ code: "A|B", lot: "Ş 1", expires: "" });
});

it("Anything else is no label", () => {
  for (const text of ["PMP-100", "a|b", "|L1|", "a|b|c|d", "100%|x|"]) expect(readLabel(text)).toBeNull();
});
