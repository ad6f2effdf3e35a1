import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { useFormat } from "@/format/useFormat";
import type { Cell } from "./ListTable";

/** How each column is drawn: as its screen says, or plainly. */
export function useDrawn<TRow extends object>(
  columns: readonly ListColumn[],
  cells: Record<string, Cell<TRow>>,
): Record<string, Cell<TRow>> {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () =>
      Object.fromEntries(
        columns.map((column) => [column.name, cells[column.name] ?? plainCell<TRow>(column, format, t)]),
      ),
    [columns, cells, format, t],
  );
}

/** A value as its kind is usually written. */
function plainCell<TRow extends object>(
  column: ListColumn,
  format: ReturnType<typeof useFormat>,
  t: TFunction,
) {
  return (row: TRow) => {
    const value: unknown = (row as Record<string, unknown>)[column.name];
    if (value === null || value === undefined || value === "") return null;
    const text = String(value);
    switch (column.kind) {
      case "number":
        return format.quantity(text);
      case "date":
        return format.date(text);
      case "instant":
        return format.instant(text);
      case "flag":
        return value === true || value === "true" ? t("common.yes") : t("common.no");
      case "choice":
        return column.choices.find((choice) => choice.value === text)?.title ?? text;
      default:
        return text;
    }
  };
}
