import { ActionIcon, Group, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { adjustmentReasons } from "@/api/adjustments";
import { useWords } from "@/i18n/useWords";
import { DecimalInput } from "@/parts/DecimalInput";
import { Icon } from "@/parts/icons";
import { itemKinds } from "../items/kinds";
import type { DocumentTypeRow } from "./RuleForm";
import type { DraftCondition } from "./rules";

type ConditionRowProps = {
  number: number;
  condition: DraftCondition;
  type: DocumentTypeRow;
  onChange: (condition: DraftCondition) => void;
  onRemove: () => void;
};

/** An attribute and what it must be: an amount from so much on, or a word. */
export function ConditionRow({ number, condition, type, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { attribute, value } = condition;
  const isAmount = type.amounts.includes(attribute);
  const choices =
    attribute === "category"
      ? itemKinds.map((kind) => ({ value: kind, label: words.kind(kind) }))
      : attribute === "reason"
        ? adjustmentReasons.map((reason) => ({ value: reason, label: words.reason(reason) }))
        : null;
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <Select
        label={t("approvalRules.attribute")}
        data={[...type.amounts, ...type.words].map((name) => ({ value: name, label: words.attribute(name) }))}
        value={attribute}
        onChange={(picked) => picked && onChange({ ...condition, attribute: picked, value: "" })}
        allowDeselect={false}
        flex={1}
      />
      {isAmount && (
        <DecimalInput
          label={t("approvalRules.from")}
          value={value}
          onChange={(typed) => onChange({ ...condition, value: typed })}
          flex={1}
          data-testid={`condition-${number}`}
        />
      )}
      {!isAmount && choices && (
        <Select
          label={t("approvalRules.is")}
          data={choices}
          value={value === "" ? null : value}
          onChange={(picked) => onChange({ ...condition, value: picked ?? "" })}
          flex={1}
          data-testid={`condition-${number}`}
        />
      )}
      {!isAmount && !choices && (
        <TextInput
          label={t("approvalRules.is")}
          value={value}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })}
          flex={1}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("approvalRules.removeCondition", { number })}
        onClick={onRemove}
      >
        <Icon name="close" size={16} />
      </ActionIcon>
    </Group>
  );
}
