import { Button, Divider, Group, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { type Rule, saveRule } from "@/api/work";
import { useLocale } from "@/format/useFormat";
import { FormDialog } from "@/parts/FormDialog";
import { Icon } from "@/parts/icons";
import { ConditionRow } from "./ConditionRow";
import { RuleScope } from "./RuleScope";
import { bodyOf, type DraftRule, draftOf, emptyCondition, emptyStep } from "./rules";
import { StepFields } from "./StepFields";

export type Named = { id: string; name: string };
export type People = { members: Named[]; roles: Named[] };
export type DocumentTypeRow = { name: string; amounts: string[]; words: string[] };

type RuleFormProps = {
  rule: Rule | null;
  nextRank: number;
  people: People;
  types: DocumentTypeRow[];
  onDone: () => void;
};

/** One rule: when it fits, and who is asked, step by step. */
export function RuleForm({ rule, nextRank, people, types, onDone }: RuleFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<DraftRule>(() =>
    draftOf(rule, { rank: nextRank, documentType: types[0]?.name ?? "" }, locale),
  );
  const [missing, setMissing] = useState(false);
  const type = types.find(({ name }) => name === draft.documentType);
  const save = useIntent(saveRule, {
    onSuccess: async () => {
      notifications.show({ message: t("approvalRules.saved") });
      onDone();
      await queryClient.invalidateQueries({ queryKey: ["approval-rules"] });
    },
  });
  if (!type) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(draft, type.amounts, locale);
    setMissing(body === null);
    if (body) save.mutate({ body, rule });
  };
  const { conditions, steps } = draft;
  return (
    <FormDialog
      opened
      onClose={onDone}
      size="xl"
      title={rule ? t("approvalRules.edit") : t("approvalRules.new")}
      submit={t("common.save")}
      busy={save.isPending}
      error={save.error}
      onSubmit={submit}
      data-testid="rule-save"
    >
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <TextInput
          label={t("approvalRules.name")}
          withAsterisk
          maxLength={100}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          data-autofocus
          data-testid="rule-name"
        />
        <TextInput
          label={t("approvalRules.rank")}
          withAsterisk
          inputMode="numeric"
          maw={100}
          value={draft.rank}
          onChange={(event) => setDraft({ ...draft, rank: event.currentTarget.value })}
        />
      </Group>
      <RuleScope draft={draft} types={types} onChange={setDraft} />
      <Divider label={t("approvalRules.conditions")} labelPosition="left" />
      {conditions.map((condition, index) => (
        <ConditionRow
          key={condition.key}
          number={index + 1}
          condition={condition}
          type={type}
          onChange={(changed) => setDraft({ ...draft, conditions: conditions.with(index, changed) })}
          onRemove={() => setDraft({ ...draft, conditions: conditions.toSpliced(index, 1) })}
        />
      ))}
      <AddButton
        label={t("approvalRules.addCondition")}
        onAdd={() =>
          setDraft({ ...draft, conditions: [...conditions, emptyCondition(type.amounts[0] ?? "")] })
        }
      />
      <Divider label={t("approvalRules.steps")} labelPosition="left" />
      {steps.map((step, index) => (
        <StepFields
          key={step.key}
          number={index + 1}
          step={step}
          people={people}
          onChange={(changed) => setDraft({ ...draft, steps: steps.with(index, changed) })}
          onRemove={
            steps.length > 1 ? () => setDraft({ ...draft, steps: steps.toSpliced(index, 1) }) : undefined
          }
        />
      ))}
      <AddButton
        label={t("approvalRules.addStep")}
        onAdd={() => setDraft({ ...draft, steps: [...steps, emptyStep()] })}
      />
      {missing && (
        <Text c="red" size="sm" role="alert">
          {t("approvalRules.needed")}
        </Text>
      )}
    </FormDialog>
  );
}

function AddButton({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <Group>
      <Button size="compact-sm" variant="subtle" leftSection={<Icon name="plus" size={15} />} onClick={onAdd}>
        {label}
      </Button>
    </Group>
  );
}
