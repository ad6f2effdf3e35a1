import { useTranslation } from "react-i18next";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";

export type Values = Record<string, unknown>;

type Changed = { kind: string; before?: unknown; after?: unknown };

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const hidden = new Set(["tenant_id", "version", "changed_at", "created_at"]);

/** What a change did, field by field and in the reader's words. */
export function useChanges() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const shown = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("history.none");
    if (typeof value === "boolean") return t(value ? "history.yes" : "history.no");
    if (typeof value === "string" && instant.test(value)) return format.instant(value);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return {
    shown,
    /** The fields that changed; of a row that came or went, those that say something. */
    fields: ({ kind, before, after }: Changed) => {
      const was = (before ?? {}) as Values;
      const now = (after ?? {}) as Values;
      return Object.keys(kind === "delete" ? was : now)
        .filter((name) => !hidden.has(name))
        .filter((name) => kind === "update" || (was[name] ?? now[name] ?? "") !== "")
        .map((name) => ({ name, label: words.field(camel(name)), was: was[name], now: now[name] }));
    },
  };
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
