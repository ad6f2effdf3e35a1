import { Button, Group, MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { parseDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { DayInput } from "@/parts/DayInput";
import { arity, type Condition, waysOf } from "./condition";

type FilterFormProps = {
  columns: readonly ListColumn[];
  start: Condition | null;
  onDone: (condition: Condition) => void;
};

/** One condition: which column, how it is compared, with what. */
export function FilterForm({ columns, start, onDone }: FilterFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [name, setName] = useState(start?.column ?? columns[0]?.name ?? "");
  const column = columns.find((one) => one.name === name);
  const ways = waysOf[column?.kind ?? "text"] ?? [];
  const [how, setHow] = useState(start?.how ?? ways[0] ?? "is");
  const [values, setValues] = useState<string[]>(start?.values ?? []);
  const [faulty, setFaulty] = useState(false);
  if (!column) return null;
  const kind = column.kind;
  const many = arity(how, kind);
  const choose = (next: string | null) => {
    if (next === null) return;
    const other = columns.find((one) => one.name === next);
    setName(next);
    setHow(waysOf[other?.kind ?? "text"]?.[0] ?? "is");
    setValues([]);
    setFaulty(false);
  };
  const done = () => {
    const read = many === 0 ? [""] : values.slice(0, many === 2 ? 2 : undefined).map((one) => readValue(one));
    const enough = many === 0 || (many === 2 ? read.length === 2 : read.length > 0);
    const complete = enough && (many === 0 || read.every((one) => one !== null && one !== ""));
    setFaulty(!complete);
    if (complete) onDone({ column: name, how, values: read as string[] });
  };
  const readValue = (typed: string) => (kind === "number" ? parseDecimal(typed, locale) : typed.trim());
  const set = (at: number, value: string) =>
    setValues((now) => (at === 0 ? [value, ...now.slice(1)] : [now[0] ?? "", value]));
  const error = faulty && t("list.valueMissing");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <Stack gap="xs">
        <Select
          label={t("list.column")}
          data={columns.map((one) => ({ value: one.name, label: one.title }))}
          value={name}
          onChange={choose}
          allowDeselect={false}
          searchable
          comboboxProps={{ withinPortal: false }}
          data-autofocus={start === null}
          data-testid="filter-column"
        />
        {ways.length > 1 && (
          <Select
            label={t("list.how")}
            data={ways.map((value) => ({ value, label: t(`list.way.${value}` as "list.way.is") }))}
            value={how}
            onChange={(next) => next && setHow(next)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data-testid="filter-how"
          />
        )}
        {many === "many" && (
          <MultiSelect
            label={t("list.value")}
            data={column.choices.map(({ value, title }) => ({ value, label: title }))}
            value={values}
            onChange={setValues}
            error={error}
            comboboxProps={{ withinPortal: false }}
            data-testid="filter-value"
          />
        )}
        {kind === "flag" && (
          <Select
            label={t("list.value")}
            data={[
              { value: "true", label: t("common.yes") },
              { value: "false", label: t("common.no") },
            ]}
            value={values[0] ?? null}
            onChange={(next) => setValues(next === null ? [] : [next])}
            error={error}
            comboboxProps={{ withinPortal: false }}
            data-testid="filter-value"
          />
        )}
        {kind !== "flag" &&
          (many === 1 || many === 2) &&
          (many === 1 ? [0] : [0, 1]).map((at) =>
            kind === "date" || kind === "instant" ? (
              <DayInput
                key={at}
                label={at === 0 ? t("list.value") : t("list.upTo")}
                value={values[at] ?? ""}
                onChange={(day) => set(at, day)}
                error={error}
                popoverProps={{ withinPortal: false }}
              />
            ) : (
              <TextInput
                key={at}
                label={at === 0 ? t("list.value") : t("list.upTo")}
                value={values[at] ?? ""}
                onChange={(event) => set(at, event.currentTarget.value)}
                error={error}
                inputMode={kind === "number" ? "decimal" : "text"}
                data-autofocus={start !== null && at === 0}
                data-testid={at === 0 ? "filter-value" : "filter-value-2"}
              />
            ),
          )}
        <Group justify="flex-end">
          <Button type="submit" size="xs" data-testid="filter-done">
            {t("list.apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
