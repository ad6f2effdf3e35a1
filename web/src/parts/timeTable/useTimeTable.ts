import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "@/format/useFormat";
import { readCron } from "./cron";

const sunday = Date.UTC(2024, 0, 7);
const day = 24 * 60 * 60 * 1000;

/** The days of the week by their names, from Sunday. */
export function useWeekdays(): string[] {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
    return Array.from({ length: 7 }, (_, at) => names.format(sunday + at * day));
  }, [locale]);
}

/** Says a time table in words; one that has none is shown as it was written. */
export function useTimeTable(): (cron: string) => string {
  const { t } = useTranslation();
  const weekdays = useWeekdays();
  return (cron) => {
    const table = readCron(cron);
    switch (table.rhythm) {
      case "minutes":
        return t("timeTable.said.minutes", { count: table.every });
      case "hour":
        return t("timeTable.said.hour", { minute: table.minute });
      case "day":
        return t("timeTable.said.day", { time: table.time });
      case "workday":
        return t("timeTable.said.workday", { time: table.time });
      case "week":
        return t("timeTable.said.week", { time: table.time, day: weekdays[table.weekday] });
      case "month":
        return t("timeTable.said.month", { time: table.time, day: table.dayOfMonth });
      default:
        return cron;
    }
  };
}
