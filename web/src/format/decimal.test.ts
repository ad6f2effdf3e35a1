import { describe, expect, it } from "vitest";
import { addDecimals, compareDecimals, formatDecimal, isPositive, parseDecimal, percentOf } from "./decimal";

describe("A decimal for a reader", () => {
  it.each([
    ["1234567.5", "en", 0, "1,234,567.5"],
    ["1234567.5", "tr", 0, "1.234.567,5"],
    ["12.500000", "en", 0, "12.5"],
    ["12.000000", "tr", 0, "12"],
    ["1234.5", "en", 2, "1,234.50"],
    ["0", "tr", 2, "0,00"],
    ["42.5075", "en", 2, "42.5075"],
    ["-1234.5", "en", 2, "\u22121,234.50"],
    ["-0.00", "en", 2, "0.00"],
    ["999", "tr", 0, "999"],
    ["12345678901234567890.123456", "en", 0, "12,345,678,901,234,567,890.123456"],
    ["not a number", "en", 2, "not a number"],
  ] as const)("%s in %s with at least %d digits is %s", (value, locale, fraction, shown) => {
    expect(formatDecimal(value, locale, fraction)).toBe(shown);
  });
});

describe("A typed decimal", () => {
  it.each([
    ["12.5", "en", "12.5"],
    ["1,234.5", "en", "1234.5"],
    ["12,5", "tr", "12.5"],
    ["1.234,5", "tr", "1234.5"],
    ["1.234", "tr", "1234"],
    [" 1 234,5 ", "tr", "1234.5"],
    [".5", "en", "0.5"],
    ["5.", "en", "5"],
    ["-3", "en", "-3"],
    ["0.1000000000000000055", "en", "0.1000000000000000055"],
  ] as const)("%s in %s is %s", (typed, locale, plain) => {
    expect(parseDecimal(typed, locale)).toBe(plain);
  });

  it.each([
    ["12.5", "tr"],
    ["12,5", "en"],
    ["1,23,456", "en"],
    ["1.2.3", "en"],
    ["12a", "en"],
    ["1e5", "en"],
    ["", "tr"],
    [",", "tr"],
    ["-", "en"],
  ] as const)("%s is no number in %s", (typed, locale) => {
    expect(parseDecimal(typed, locale)).toBeNull();
  });

  it("comes back as it was after being shown", () => {
    for (const locale of ["en", "tr"] as const)
      for (const value of ["0.5", "1234.25", "1000000", "-7"])
        expect(parseDecimal(formatDecimal(value, locale), locale)).toBe(value);
  });
});

describe("Comparing decimals", () => {
  it("is exact where floating point is not", () => {
    expect(compareDecimals("0.1", "0.10000000000000000001")).toBe(-1);
    expect(compareDecimals("9007199254740993", "9007199254740992")).toBe(1);
    expect(compareDecimals("1.50", "1.5")).toBe(0);
    expect(compareDecimals("-0.5", "0.25")).toBe(-1);
  });

  it("knows what is more than zero", () => {
    expect([isPositive("0.000001"), isPositive("0.00"), isPositive("-1"), isPositive("x")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

it("Sums keep every digit and their sign", () => {
  expect(addDecimals(["0.1", "0.2"])).toBe("0.3");
  expect(addDecimals(["10", "-10.25", "0.05"])).toBe("-0.20");
  expect(addDecimals(["99999999999999.9999", "0.0001"])).toBe("100000000000000.0000");
  expect(addDecimals([])).toBe("0");
});

it("A share is drawn without its sign", () => {
  expect(percentOf("-1", "4")).toBe(25);
  expect(percentOf("1", "3")).toBe(33.33);
  expect(percentOf("1", "0")).toBe(0);
});
