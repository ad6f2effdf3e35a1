import "@mantine/dates/styles.layer.css";
import "dayjs/locale/en-gb";
import "dayjs/locale/tr";
import { DateInput, type DateInputProps } from "@mantine/dates";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import { useLocale } from "@/format/useFormat";

dayjs.extend(customParseFormat);

const formats = { en: "DD/MM/YYYY", tr: "DD.MM.YYYY" } as const;

type DayInputProps = Omit<DateInputProps, "value" | "onChange"> & {
  value: string;
  onChange: (date: string) => void;
};

/** A business date, typed or picked; the value is "2026-11-20". */
export function DayInput({ value, onChange, ...rest }: DayInputProps) {
  const locale = useLocale();
  return (
    <DateInput
      {...rest}
      locale={locale === "tr" ? "tr" : "en-gb"}
      firstDayOfWeek={1}
      valueFormat={formats[locale]}
      dateParser={(typed) => {
        const parsed = dayjs(typed, [formats[locale], "D.M.YYYY", "D/M/YYYY", "YYYY-MM-DD"], true);
        return parsed.isValid() ? parsed.format("YYYY-MM-DD") : null;
      }}
      value={value === "" ? null : value}
      onChange={(date) => onChange(date ?? "")}
    />
  );
}
