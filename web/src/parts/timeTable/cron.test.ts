import { expect, it } from "vitest";
import { readCron, writeCron } from "./cron";

it.each([
  ["*/15 * * * *", "minutes"],
  ["* * * * *", "minutes"],
  ["20 * * * *", "hour"],
  ["30 1 * * *", "day"],
  ["0 7 * * 1-5", "workday"],
  ["0 3 * * 0", "week"],
  ["5 6 31 * *", "month"],
])("%s is said as a person says it, and comes back the same", (cron, rhythm) => {
  const table = readCron(cron);
  expect(table.rhythm).toBe(rhythm);
  expect(writeCron(table)).toBe(cron);
});

it.each([
  "30 5 * * 1-6",
  "*/7 * * * *",
  "*/15 8-18 * * *",
  "0 7 1 1 *",
  "0 7 1 * 1",
  "0,30 7 * * *",
  "0 24 * * *",
  "60 * * * *",
  "0 7 0 * *",
  "*/15 * * *",
  "nonsense",
  "",
])("%s stays as it was written", (cron) => {
  expect(readCron(cron)).toMatchObject({ rhythm: "own", cron });
  expect(writeCron(readCron(cron))).toBe(cron);
});

it("Sunday is 0, also where it was written as 7", () => {
  expect(readCron("0 3 * * 7")).toMatchObject({ rhythm: "week", weekday: 0 });
});

it("What is chosen becomes five fields without leading zeros", () => {
  expect(writeCron({ ...readCron("0 7 * * 1-5"), rhythm: "week", weekday: 4, time: "08:05" })).toBe(
    "5 8 * * 4",
  );
  expect(writeCron({ ...readCron("0 7 * * 1-5"), rhythm: "day", time: "00:00" })).toBe("0 0 * * *");
});
