import { daysBetween } from "@/format/date";
import { compareDecimals } from "@/format/decimal";

/** The measures of a step chart: how many days it is wide, its highest value, and where a day stands. */
export function stepsOf(
  from: string,
  to: string,
  opening: string,
  points: readonly { date: string; value: string }[],
) {
  const days = Math.max(1, daysBetween(from, to) + 1);
  const most = points.reduce(
    (highest, { value }) => (compareDecimals(value, highest) > 0 ? value : highest),
    compareDecimals(opening, "0") > 0 ? opening : "0",
  );
  const xOf = (date: string) => Math.min(days, Math.max(0, daysBetween(from, date)));
  return { days, most: compareDecimals(most, "0") > 0 ? most : "1", xOf };
}
