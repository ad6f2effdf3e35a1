import { expect, it } from "vitest";
import { formatDate, formatMonth, monthOf, todayIn } from "./date";

it("Dates are written as the reader's country writes them", () => {
  expect(formatDate("2026-11-20", "tr")).toBe("20.11.2026");
  expect(formatDate("2026-11-20", "en")).toBe("20/11/2026");
  expect(formatMonth("2026-11", "tr")).toBe("Kasım 2026");
});

it("Today is the company's day, not the computer's", () => {
  const lateEvening = new Date("2026-11-20T22:30:00Z");
  expect(todayIn("Europe/Istanbul", lateEvening)).toBe("2026-11-21");
  expect(todayIn("Europe/London", lateEvening)).toBe("2026-11-20");
});

it("A month ends on its last day", () => {
  expect(monthOf("2028-02-11")).toEqual({ from: "2028-02-01", through: "2028-02-29" });
});
