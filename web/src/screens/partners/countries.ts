import type { Locale } from "@/format/decimal";

const codes =
  "AE AL AR AT AU AZ BA BE BG BR BY CA CH CL CN CO CY CZ DE DK DZ EE EG ES FI FR GB GE GR HK HR HU ID IE IL IN IQ IR IS IT JO JP KE KR KW KZ LB LT LU LV LY MA MD ME MK MT MX MY NG NL NO NZ OM PH PK PL PT QA RO RS RU SA SE SG SI SK SN SY TH TN TR TW UA US UZ VN XK ZA".split(
    " ",
  );

/** Countries by their names in the reader's language; the browser knows them. */
export function countriesIn(locale: Locale): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "region" });
  return codes
    .map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}

export const currencies = [
  "TRY",
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "JPY",
  "CNY",
  "AED",
  "SAR",
  "RUB",
  "PLN",
  "SEK",
];
