import type { TFunction } from "i18next";
import type { ListColumn } from "@/api/lists";
import type { useFormat } from "@/format/useFormat";

/** A value as its kind is usually written. */
export function plainCell<TRow extends object>(
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
        return value === true ? t("common.yes") : t("common.no");
      case "choice":
        return column.choices.find((choice) => choice.value === text)?.title ?? text;
      default:
        return text;
    }
  };
}
