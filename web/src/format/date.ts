import type { Locale } from "./decimal";

const tags: Record<Locale, string> = { en: "en-GB", tr: "tr-TR" };

export function formatDate(iso: string, locale: Locale): string {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  if (!year || !month || !day) return iso;
  const options = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(tags[locale], options).format(Date.UTC(year, month - 1, day));
}

export function formatInstant(iso: string, locale: Locale, timeZone: string | undefined): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const day = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
  const options = { ...day, hour: "2-digit", minute: "2-digit", timeZone } as const;
  return new Intl.DateTimeFormat(tags[locale], options).format(instant);
}

/** A day with its name, as it stands at the head of a page. */
export function formatLongDate(iso: string, locale: Locale): string {
  const options = {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  } as const;
  return new Intl.DateTimeFormat(tags[locale], options).format(Date.parse(iso));
}

/** "2026-11" as the month's name and the year. */
export function formatMonth(period: string, locale: Locale): string {
  const [year, month] = period.split("-").map(Number);
  if (!year || !month) return period;
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(tags[locale], options).format(Date.UTC(year, month - 1, 1));
}

/** The business date of now in the company's time zone. */
export function todayIn(timeZone: string | undefined, now: Date = new Date()): string {
  const options = { day: "2-digit", month: "2-digit", year: "numeric", timeZone } as const;
  return new Intl.DateTimeFormat("en-CA", options).format(now);
}

/**
 * The moment at which the clocks of a zone show this day and time. Of an hour that comes twice it is one, and an hour that is
 * left out counts as the one beside it.
 */
export function instantIn(timeZone: string, day: string, time: string): string {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const shown = Date.parse(`${day}T${time}Z`);
  const aheadAt = (instant: number) => Date.parse(`${clock.format(instant).replace(" ", "T")}Z`) - instant;
  const near = shown - aheadAt(shown);
  return new Date(shown - aheadAt(near)).toISOString();
}

export function monthOf(date: string): { from: string; through: string } {
  const [year = 1970, month = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const start = date.slice(0, 7);
  return { from: `${start}-01`, through: `${start}-${String(last).padStart(2, "0")}` };
}

/** So many months after a month; a negative number goes back. */
export function monthsOn(month: string, by: number): string {
  const [year = 1970, at = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, at - 1 + by, 1)).toISOString().slice(0, 7);
}

const dayMilliseconds = 86_400_000;
const dayAt = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** How many days one day comes after another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds);

/** So many days after a day; a negative number goes back. */
export const daysOn = (day: string, by: number) => dayAt(Date.parse(day) + by * dayMilliseconds);

/** Every day of the weeks in which a month lies, from Monday to Sunday. */
export function weeksOf(month: string): string[] {
  const { from, through } = monthOf(`${month}-01`);
  const weekDay = (day: string) => (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  const start = daysOn(from, -weekDay(from));
  const days = daysBetween(start, through) + 7 - weekDay(through);
  return Array.from({ length: days }, (_, at) => daysOn(start, at));
}

/** The days of a week by their short names, from Monday. */
export function weekDays(locale: Locale): string[] {
  const name = new Intl.DateTimeFormat(tags[locale], { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, at) => name.format(Date.UTC(2024, 0, 1 + at)));
}
