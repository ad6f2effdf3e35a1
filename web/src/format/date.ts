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

export function monthOf(date: string): { from: string; through: string } {
  const [year = 1970, month = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const start = date.slice(0, 7);
  return { from: `${start}-01`, through: `${start}-${String(last).padStart(2, "0")}` };
}
