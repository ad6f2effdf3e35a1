import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";

type GroupPickerProps = {
  columns: readonly ListColumn[];
  /** One column, or two with a comma between them. */
  group: string;
  measure: string;
  onChange: (changes: { group?: string; measure?: string }) => void;
};

/** By what the rows are gathered, by one column or two, and what is counted. */
export function GroupPicker({ columns, group, measure, onChange }: GroupPickerProps) {
  const { t } = useTranslation();
  const choices = columns
    .filter((column) => column.groups)
    .map((column) => ({ value: column.name, label: column.title }));
  const [first = "", second = ""] = group.split(",");
  const sums = columns.filter((column) => column.sums);
  if (choices.length === 0) return null;
  return (
    <>
      <Select
        aria-label={t("list.groupBy")}
        placeholder={t("list.groupBy")}
        data={choices}
        value={first === "" ? null : first}
        onChange={(next) => onChange({ group: next ?? "", ...(next === null && { measure: "" }) })}
        clearable
        size="xs"
        w={150}
        data-testid="group-by"
      />
      {first !== "" && (
        <Select
          aria-label={t("list.andBy")}
          placeholder={t("list.andBy")}
          data={choices.filter(({ value }) => value !== first)}
          value={second === "" ? null : second}
          onChange={(next) => onChange({ group: next ? `${first},${next}` : first })}
          clearable
          size="xs"
          w={150}
          data-testid="group-and"
        />
      )}
      {second !== "" && sums.length > 0 && (
        <Select
          aria-label={t("list.measure")}
          data={[
            { value: "", label: t("list.count") },
            ...sums.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          value={measure}
          onChange={(next) => onChange({ measure: next ?? "" })}
          allowDeselect={false}
          size="xs"
          w={150}
          data-testid="measure"
        />
      )}
    </>
  );
}
