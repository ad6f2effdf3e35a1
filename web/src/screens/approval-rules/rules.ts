import type { Approver, Rule, RuleBody } from "@/api/work";
import { formatDecimal, type Locale, parseDecimal } from "@/format/decimal";

/** Steps and conditions as they are typed. */
export type DraftCondition = { key: string; attribute: string; value: string };

export type DraftStep = {
  key: string;
  needs: string;
  approvers: string[];
  hours: string;
  escalateTo: string | null;
};

export type DraftRule = {
  name: string;
  rank: string;
  documentType: string;
  companyId: string | null;
  conditions: DraftCondition[];
  steps: DraftStep[];
};

let made = 0;
const fresh = (name: string) => {
  made += 1;
  return `${name}-${made}`;
};

export const choiceOf = ({ kind, id }: Approver) => `${kind}:${id}`;

export function approverOf(value: string): Approver {
  const [kind = "", id = ""] = value.split(":");
  return { kind, id };
}

export const emptyCondition = (attribute: string): DraftCondition => ({
  key: fresh("condition"),
  attribute,
  value: "",
});

export const emptyStep = (): DraftStep => ({
  key: fresh("step"),
  needs: "any",
  approvers: [],
  hours: "",
  escalateTo: null,
});

/** What a rule begins with. */
export type NewRule = { rank: number; documentType: string };

export const draftOf = (rule: Rule | null, start: NewRule, locale: Locale): DraftRule => ({
  name: rule?.name ?? "",
  rank: String(rule?.rank ?? start.rank),
  documentType: rule?.documentType ?? start.documentType,
  companyId: rule?.companyId ?? null,
  conditions: (rule?.conditions ?? []).map(({ attribute, from, is }) => ({
    key: fresh("condition"),
    attribute,
    value: from ? formatDecimal(from, locale) : (is ?? ""),
  })),
  steps: rule
    ? rule.steps.map((step) => ({
        key: fresh("step"),
        needs: step.needs,
        approvers: step.approvers.map(choiceOf),
        hours: step.escalateAfterHours ? String(step.escalateAfterHours) : "",
        escalateTo: step.escalateTo ? choiceOf(step.escalateTo) : null,
      }))
    : [emptyStep()],
});

/** What is sent, or null while something is still missing. */
export function bodyOf(draft: DraftRule, amounts: readonly string[], locale: Locale): RuleBody | null {
  const rank = /^\d{1,5}$/.test(draft.rank) ? Number.parseInt(draft.rank, 10) : 0;
  const conditions = draft.conditions.map(({ attribute, value }) =>
    amounts.includes(attribute)
      ? { attribute, from: parseDecimal(value, locale), is: null }
      : { attribute, from: null, is: value.trim() || null },
  );
  const steps = draft.steps.map(({ needs, approvers, hours, escalateTo }) => ({
    needs,
    approvers: approvers.map(approverOf),
    escalateAfterHours: /^\d{1,4}$/.test(hours) ? Number.parseInt(hours, 10) : null,
    escalateTo: escalateTo ? approverOf(escalateTo) : null,
  }));
  const complete =
    draft.name.trim() !== "" &&
    rank > 0 &&
    conditions.every(({ from, is }) => from !== null || is !== null) &&
    steps.every(
      ({ approvers, escalateAfterHours, escalateTo }) =>
        approvers.length > 0 && (escalateAfterHours === null) === (escalateTo === null),
    );
  if (!complete) return null;
  return {
    name: draft.name.trim(),
    documentType: draft.documentType,
    rank,
    conditions,
    steps,
    companyId: draft.companyId,
  };
}
