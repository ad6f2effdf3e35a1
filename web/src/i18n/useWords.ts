import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";

const groupsOf: Record<string, readonly string[]> = {
  state: ["adjustmentState", "approvalState"],
  reason: ["reason"],
  status: ["stockStatus"],
  kind: ["itemKind", "labelKind"],
  unit: ["unit"],
  event_type: ["event"],
  item_kind: ["itemKind"],
  document_type: ["documentType"],
  type: ["jobType"],
  permission: ["permission"],
};

/** Words for codes that come from the server; a code without a translation is shown as it is. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const translate = t as unknown as (key: string, values?: Record<string, unknown>) => string;
  const word = (group: string, code: string) => {
    const key = `${group}.${code}`;
    return code !== "" && i18n.exists(key) ? translate(key) : code;
  };
  return {
    kind: (code: string) => word("itemKind", code),
    unit: (code: string) => word("unit", code),
    movement: (code: string) => word("movementKind", code),
    reason: (code: string) => word("reason", code),
    tracking: (code: string) => word("itemTracking", code),
    supplyState: (code: string) => word("supplyState", code),
    status: (code: string) => word("stockStatus", code),
    priority: (rank: number) => word("priority", `${rank}`),
    job: (code: string) => word("jobType", code),
    /** What a row of this table is, such as "Role of a member". */
    table: (code: string) => word("table", code),
    /** What a column of that name says, where it says a code. */
    value: (column: string, code: string) => {
      const group = groupsOf[column]?.find((name) => i18n.exists(`${name}.${code}`));
      return group ? translate(`${group}.${code}`) : code;
    },
    /** What is wrong with a row of an import; the server's own sentence where there is no translation. */
    fault: (code: string, sentence: string) =>
      i18n.language === "tr" && i18n.exists(`fault.${code}`) ? translate(`fault.${code}`) : sentence,
    jobState: (code: string) => word("jobState", code),
    /** What a job counted at its end. */
    jobResult: (name: string) => word("jobResult", name),
    event: (code: string) => word("event", code),
    documentType: (code: string) => word("documentType", code),
    attribute: (code: string) => word("attribute", code),
    /** What a permission allows; the server's own sentence where there is no translation. */
    permission: (name: string, sentence: string) =>
      i18n.exists(`permission.${name}`) ? translate(`permission.${name}`) : sentence,
    /** The label of a field that the server names, such as `lines[2].quantity`. */
    field: (name: string): string => {
      const [, index, part = ""] = /^lines\[(\d+)\]\.?(\w*)/i.exec(name) ?? [];
      const number = Number(index) + 1;
      if (part.toLowerCase() === "quantity") return t("lines.quantityOf", { number });
      if (index !== undefined) return t("lines.itemOf", { number });
      return word("field", name.charAt(0).toLowerCase() + name.slice(1));
    },
    problem: (error: unknown): string => {
      if (!(error instanceof Problem)) return t("problem.unknown");
      const key = `problem.${error.code}`;
      if (i18n.exists(key)) return translate(key, error.facts);
      if (error.status === 503) return t("problem.busy");
      if (error.status === 403) return t("problem.forbidden");
      if (error.status === 404) return t("problem.gone");
      if (error.status === 412) return t("problem.changed");
      return error.message || t("problem.unknown");
    },
  };
}
