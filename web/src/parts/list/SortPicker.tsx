import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";

type SortPickerProps = { columns: readonly ListColumn[]; sort: string; onSort: (sort: string) => void };

/** The order of rows where they stand without a head to choose it by. */
export function SortPicker({ columns, sort, onSort }: SortPickerProps) {
  const { t } = useTranslation();
  const choices = columns
    .filter((column) => column.sorts)
    .flatMap(({ name, title }) => [
      { value: name, label: `${title} ↑` },
      { value: `-${name}`, label: `${title} ↓` },
    ]);
  if (choices.length === 0) return null;
  return (
    <Select
      w={150}
      size="xs"
      hiddenFrom="xs"
      aria-label={t("list.sortBy")}
      placeholder={t("list.sortBy")}
      data={choices}
      value={choices.some(({ value }) => value === sort) ? sort : null}
      onChange={(chosen) => onSort(chosen ?? "")}
      clearable
      data-testid="sort-by"
    />
  );
}
