import { expect, it } from "vitest";
import {
  daysOn,
  formatDate,
  formatMonth,
  instantIn,
  monthOf,
  monthsOn,
  todayIn,
  weekDays,
  weeksOf,
} from "./date";

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

it("A moment is what the company's clocks show, in summer and in winter", () => {
  expect(instantIn("Europe/Istanbul", "2026-11-20", "08:30")).toBe("2026-11-20T05:30:00.000Z");
  expect(instantIn("Europe/Berlin", "2026-07-01", "00:00")).toBe("2026-06-30T22:00:00.000Z");
  expect(instantIn("Europe/Berlin", "2026-10-25", "04:00")).toBe("2026-10-25T03:00:00.000Z");
  expect(instantIn("America/New_York", "2026-03-08", "03:00")).toBe("2026-03-08T07:00:00.000Z");
});

it("A month ends on its last day", () => {
  expect(monthOf("2028-02-11")).toEqual({ from: "2028-02-01", through: "2028-02-29" });
});

it("A calendar shows whole weeks from Monday, and goes over the end of a year", () => {
  const weeks = weeksOf("2026-11");
  expect([weeks.length, weeks[0], weeks.at(-1)]).toEqual([42, "2026-10-26", "2026-12-06"]);
  expect(weeksOf("2027-02")).toHaveLength(28);
  expect([monthsOn("2026-12", 1), monthsOn("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  expect(daysOn("2026-03-01", -1)).toBe("2026-02-28");
  expect([weekDays("tr")[0], weekDays("en")[6]]).toEqual(["Pzt", "Sun"]);
});
