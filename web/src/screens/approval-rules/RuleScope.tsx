import { Group, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "@/i18n/useWords";
import { useSession } from "@/session/company";
import type { DocumentTypeRow } from "./RuleForm";
import type { DraftRule } from "./rules";

type RuleScopeProps = { draft: DraftRule; types: DocumentTypeRow[]; onChange: (draft: DraftRule) => void };

/** Which documents a rule is about, and of which company. */
export function RuleScope({ draft, types, onChange }: RuleScopeProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { companies } = useSession();
  const { companyId } = draft;
  const options = companies.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }));
  if (companyId !== null && !companies.some(({ id }) => id === companyId))
    options.push({ value: companyId, label: t("approvalRules.otherCompany") });
  // A condition on what another type does not know would be refused.
  const choose = (name: string) => {
    const type = types.find((one) => one.name === name);
    const known = [...(type?.amounts ?? []), ...(type?.words ?? [])];
    const conditions = draft.conditions.filter(({ attribute }) => known.includes(attribute));
    onChange({ ...draft, documentType: name, conditions });
  };
  return (
    <Group grow align="flex-end">
      <Select
        label={t("approvalRules.documentType")}
        data={types.map(({ name }) => ({ value: name, label: words.documentType(name) }))}
        value={draft.documentType}
        onChange={(name) => name && choose(name)}
        allowDeselect={false}
        disabled={types.length === 1}
        data-testid="rule-document-type"
      />
      <Select
        label={t("approvalRules.company")}
        placeholder={t("approvalRules.everyCompany")}
        data={options}
        value={companyId}
        onChange={(id) => onChange({ ...draft, companyId: id })}
        clearable
        data-testid="rule-company"
      />
    </Group>
  );
}
