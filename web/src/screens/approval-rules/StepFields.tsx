import {
  ActionIcon,
  Group,
  MultiSelect,
  Paper,
  SegmentedControl,
  Select,
  Text,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/parts/icons";
import type { People } from "./RuleForm";
import type { DraftStep } from "./rules";

type StepFieldsProps = {
  number: number;
  step: DraftStep;
  people: People;
  onChange: (step: DraftStep) => void;
  onRemove: (() => void) | undefined;
};

/** Who approves in one step, and whom to ask when nobody answers. */
export function StepFields({ number, step, people, onChange, onRemove }: StepFieldsProps) {
  const { t } = useTranslation();
  const choices = [
    {
      group: t("approval.role"),
      items: people.roles.map(({ id, name }) => ({ value: `role:${id}`, label: name })),
    },
    {
      group: t("approval.person"),
      items: people.members.map(({ id, name }) => ({ value: `person:${id}`, label: name })),
    },
  ];
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {t("approvalRules.stepNumber", { number })}
        </Text>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t("approvalRules.needs")}
            data={[
              { value: "any", label: t("approval.anyOf") },
              { value: "all", label: t("approval.allOf") },
            ]}
            value={step.needs}
            onChange={(needs) => onChange({ ...step, needs })}
          />
          {onRemove && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("approvalRules.removeStep", { number })}
              onClick={onRemove}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      <MultiSelect
        label={t("approvalRules.approvers")}
        withAsterisk
        searchable
        data={choices}
        value={step.approvers}
        onChange={(approvers) => onChange({ ...step, approvers })}
        data-testid={`step-${number}-approvers`}
      />
      <Group align="flex-end" mt={6} grow>
        <TextInput
          label={t("approvalRules.escalateAfter")}
          inputMode="numeric"
          value={step.hours}
          onChange={(event) => onChange({ ...step, hours: event.currentTarget.value })}
        />
        <Select
          label={t("approvalRules.escalateTo")}
          searchable
          clearable
          data={choices}
          value={step.escalateTo}
          onChange={(escalateTo) => onChange({ ...step, escalateTo })}
        />
      </Group>
    </Paper>
  );
}
