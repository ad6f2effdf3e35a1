import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import type { ListLayout } from "./useListState";

/** The column that a board stands in: the states of a document. */
export const boardColumn = (columns: readonly ListColumn[]) =>
  columns.find(({ kind, groups, name }) => kind === "choice" && groups && name === "state");

/** The day by which rows stand in a calendar. */
export const calendarColumn = (columns: readonly ListColumn[]) =>
  columns.find(({ kind, groups, hidden }) => kind === "date" && groups && !hidden);

type LayoutPickerProps = {
  columns: readonly ListColumn[];
  layout: ListLayout;
  onChange: (changes: { layout: ListLayout; group?: string; measure?: string }) => void;
};

/** As a table, on a board, in a calendar, where the columns allow it. */
export function LayoutPicker({ columns, layout, onChange }: LayoutPickerProps) {
  const { t } = useTranslation();
  const layouts: ListLayout[] = [
    "table",
    ...(boardColumn(columns) ? ["board" as const] : []),
    ...(calendarColumn(columns) ? ["calendar" as const] : []),
  ];
  if (layouts.length === 1) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("list.layout")}
      data={layouts.map((value) => ({ value, label: t(`list.layouts.${value}`) }))}
      value={layout}
      onChange={(next) =>
        onChange({ layout: next as ListLayout, ...(next !== "table" && { group: "", measure: "" }) })
      }
      data-testid="layout"
    />
  );
}
