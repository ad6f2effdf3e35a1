import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCompanyOrNone } from "@/session/company";
import { formatDate, formatInstant, formatLongDate, formatMonth } from "./date";
import { formatDecimal, type Locale } from "./decimal";

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === "tr" ? "tr" : "en";
}

/** Figures and dates in the reader's language; instants in the company's time zone. */
export function useFormat() {
  const locale = useLocale();
  const { timeZone, minorDigits = 2 } = useCompanyOrNone() ?? {};
  return useMemo(
    () => ({
      locale,
      quantity: (value: string) => formatDecimal(value, locale),
      money: (value: string) => formatDecimal(value, locale, minorDigits),
      date: (iso: string) => formatDate(iso, locale),
      longDate: (iso: string) => formatLongDate(iso, locale),
      instant: (iso: string) => formatInstant(iso, locale, timeZone),
      month: (period: string) => formatMonth(period, locale),
      account: (row: { nameTr: string; nameEn: string }) => (locale === "tr" ? row.nameTr : row.nameEn),
    }),
    [locale, timeZone, minorDigits],
  );
}
