import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { warehousesQuery } from "@/api/inventory";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useCompanyOrNone, useMay } from "@/session/company";

export type Values = Record<string, unknown>;

type Changed = { kind: string; before?: unknown; after?: unknown; names: Record<string, string> };

/** The program's own work, as the database knows it. */
const itself = "00000000-0000-7000-8000-000000000001";
const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const hidden = new Set([
  "tenant_id",
  "version",
  "changed_at",
  "created_at",
  "created_by",
  "moved_at",
  "line_no",
  "search",
]);
const twins = /^(project|category|tag)_kind$/;
const figures = new Set(["amount", "quantity", "difference", "unit_cost"]);

/** What a change did, field by field and in the reader's words. */
export function useChanges() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompanyOrNone()?.id ?? "";
  const mayRead = useMay("inventory.stock.read");
  const { data: warehouses } = useQuery({
    ...warehousesQuery(companyId),
    enabled: mayRead && companyId !== "",
  });
  const warehouseOf = (id: string) => warehouses?.find((one) => one.id === id)?.code;
  const isNamed = (id: string, names: Record<string, string>) => id in names || warehouseOf(id) !== undefined;
  const shown = (name: string, value: unknown, names: Record<string, string>): string => {
    if (value === null || value === undefined || value === "") return t("history.none");
    if (typeof value === "boolean") return t(value ? "history.yes" : "history.no");
    if (figures.has(name)) return format.quantity(String(value));
    if (typeof value === "object") return JSON.stringify(value);
    const text = String(value);
    if (instant.test(text)) return format.instant(text);
    if (day.test(text)) return format.date(text);
    if (text === itself) return "Millrace";
    return names[text] ?? warehouseOf(text) ?? words.value(name, text);
  };
  return {
    /** The fields that changed; of a row that came or went, those that say something. */
    fields: ({ kind, before, after, names }: Changed) => {
      const was = (before ?? {}) as Values;
      const now = (after ?? {}) as Values;
      return Object.keys(kind === "delete" ? was : now)
        .filter((name) => !hidden.has(name) && !twins.test(name))
        .filter((name) => kind === "update" || (was[name] ?? now[name] ?? "") !== "")
        .map((name) => ({
          name,
          label: words.field(camel(name)),
          was: shown(name, was[name], names),
          now: shown(name, now[name], names),
          id: now[name] ?? was[name],
          /** What a person recognises a row by: no bare id, and nothing that has parts of its own. */
          tells:
            typeof (now[name] ?? was[name]) !== "object" &&
            name !== "hash" &&
            (!/_id$/.test(name) || isNamed(String(now[name] ?? was[name]), names)),
        }));
    },
  };
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
