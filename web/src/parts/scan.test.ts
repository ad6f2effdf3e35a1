import { expect, it } from "vitest";
import { readLabel, readSscc } from "./scan";

it("A label says item, lot and expiry, whatever stands in a code", () => {
  expect(readLabel("PMP-100|L1|2027-01-31")).toEqual({ code: "PMP-100", lot: "L1", expires: "2027-01-31" });
  expect(readLabel("A%7CB|%C5%9E%201|")).toEqual({ code: "A|B", lot: "Ş 1", expires: "" });
});

it("Anything else is no label", () => {
  for (const text of ["PMP-100", "a|b", "|L1|", "a|b|c|d", "100%|x|"]) expect(readLabel(text)).toBeNull();
});

it("The number of a pallet is read with and without what stands before it", () => {
  for (const text of [
    "106141411234567897",
    "00106141411234567897",
    "(00) 1 0614141 123456789 7",
    "]C100106141411234567897",
  ])
    expect(readSscc(text)).toBe("106141411234567897");
});

it("What has another length is no number of a pallet", () => {
  for (const text of ["", "10614141123456789", "01106141411234567897", "A-01", "1061414112345678971"])
    expect(readSscc(text)).toBeNull();
});
