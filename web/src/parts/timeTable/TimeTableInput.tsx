import { Group, NumberInput, Select, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Rhythm, readCron, rhythms, steps, type TimeTable, writeCron } from "./cron";
import { useWeekdays } from "./useTimeTable";

type TimeTableInputProps = {
  value: string;
  onChange: (cron: string) => void;
  error?: ReactNode;
};

/** When work comes back: a rhythm and its time, or five fields for whoever needs another. */
export function TimeTableInput({ value, onChange, error }: TimeTableInputProps) {
  const { t } = useTranslation();
  const weekdays = useWeekdays();
  const table = readCron(value);
  const set = (changes: Partial<TimeTable>) => onChange(writeCron({ ...table, ...changes }));
  const timed = ["day", "workday", "week", "month"].includes(table.rhythm);
  /** Whoever writes the fields keeps writing them, also where they say what could be chosen. */
  const [own, setOwn] = useState(table.rhythm === "own");
  const choose = (rhythm: Rhythm) => {
    setOwn(rhythm === "own");
    if (rhythm !== "own") set({ rhythm });
  };
  return (
    <Group gap="sm" align="flex-start" grow preventGrowOverflow={false} wrap="wrap">
      <Select
        label={t("timeTable.label")}
        data={rhythms.map((rhythm) => ({ value: rhythm, label: t(`timeTable.rhythm.${rhythm}`) }))}
        value={own ? "own" : table.rhythm}
        onChange={(rhythm) => rhythm && choose(rhythm as Rhythm)}
        allowDeselect={false}
        miw={190}
        data-testid="time-table"
      />
      {own && (
        <TextInput
          label={t("timeTable.fields")}
          description={t("timeTable.fieldsHelp")}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={error}
          miw={190}
          data-testid="cron"
        />
      )}
      {!own && table.rhythm === "minutes" && (
        <Select
          label={t("timeTable.minutes")}
          data={steps.map(String)}
          value={String(table.every)}
          onChange={(every) => every && set({ every: Number.parseInt(every, 10) })}
          allowDeselect={false}
          data-testid="time-table-every"
        />
      )}
      {!own && table.rhythm === "hour" && (
        <NumberInput
          label={t("timeTable.minute")}
          min={0}
          max={59}
          clampBehavior="strict"
          allowDecimal={false}
          value={table.minute}
          onChange={(minute) => typeof minute === "number" && set({ minute })}
        />
      )}
      {!own && table.rhythm === "week" && (
        <Select
          label={t("timeTable.weekday")}
          data={weekdays.map((label, at) => ({ value: String(at), label }))}
          value={String(table.weekday)}
          onChange={(weekday) => weekday && set({ weekday: Number.parseInt(weekday, 10) })}
          allowDeselect={false}
          data-testid="time-table-weekday"
        />
      )}
      {!own && table.rhythm === "month" && (
        <NumberInput
          label={t("timeTable.dayOfMonth")}
          description={table.dayOfMonth > 28 ? t("timeTable.shortMonths") : undefined}
          min={1}
          max={31}
          clampBehavior="strict"
          allowDecimal={false}
          value={table.dayOfMonth}
          onChange={(dayOfMonth) => typeof dayOfMonth === "number" && dayOfMonth > 0 && set({ dayOfMonth })}
        />
      )}
      {!own && timed && (
        <TextInput
          type="time"
          label={t("timeTable.time")}
          value={table.time}
          onChange={(event) => event.currentTarget.value !== "" && set({ time: event.currentTarget.value })}
          data-testid="time-table-time"
        />
      )}
    </Group>
  );
}
