import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { type Approver, type Condition, type Rule, retireRule, type Step } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DataTable } from "@/parts/DataTable";
import { HistoryButton } from "@/parts/HistoryButton";
import { columnsOf } from "@/parts/table";
import { useSession } from "@/session/company";
import type { People } from "./RuleForm";

const column = columnsOf<Rule>();
const idOf = (row: Rule) => row.id;
const rowProps = (row: Rule) => ({ "data-testid": `rule-row-${row.name}` });

type RuleTableProps = { rules: Rule[]; people: People; onEdit: (rule: Rule) => void };

export function RuleTable({ rules, people, onEdit }: RuleTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { companies } = useSession();
  const queryClient = useQueryClient();
  const { mutate } = useIntent(retireRule, {
    onSuccess: async ({ name }) => {
      notifications.show({ message: t("approvalRules.retired", { name }) });
      await queryClient.invalidateQueries({ queryKey: ["approval-rules"] });
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(() => {
    const nameOf = ({ kind, id }: Approver) =>
      (kind === "role" ? people.roles : people.members).find((one) => one.id === id)?.name ?? "–";
    const companyOf = (id: string) =>
      companies.find((one) => one.id === id)?.name ?? t("approvalRules.otherCompany");
    const when = ({ attribute, from, is }: Condition) =>
      `${words.attribute(attribute)} ${from ? `≥ ${format.money(from)}` : `= ${wordOf(attribute, is ?? "")}`}`;
    const wordOf = (attribute: string, is: string) =>
      attribute === "category" ? words.kind(is) : words.reason(is);
    const who = ({ needs, approvers, escalateAfterHours, escalateTo }: Step) =>
      [
        approvers.length > 1 && `${needs === "all" ? t("approval.allOf") : t("approval.anyOf")}:`,
        approvers.map(nameOf).join(", "),
        escalateTo && `· ${escalateAfterHours} h → ${nameOf(escalateTo)}`,
      ]
        .filter(Boolean)
        .join(" ");
    return column.columns([
      column.accessor("rank", { header: t("approvalRules.rank"), meta: { figure: true, width: 70 } }),
      column.accessor("name", {
        header: t("approvalRules.name"),
        cell: ({ row: { original } }) => (
          <>
            <Text size="sm" fw={600}>
              {original.name}
            </Text>
            <Text size="xs" c="dimmed">
              {words.documentType(original.documentType)}
              {original.companyId !== null && ` · ${companyOf(original.companyId)}`}
            </Text>
          </>
        ),
      }),
      column.accessor("conditions", {
        header: t("approvalRules.when"),
        cell: ({ getValue }) =>
          getValue().length === 0 ? t("approvalRules.always") : getValue().map(when).join(" · "),
      }),
      column.accessor("steps", {
        header: t("approvalRules.who"),
        cell: ({ getValue }) => (
          <Stack gap={2}>
            {getValue().map((step, index) => (
              <Text key={who(step)} size="sm">
                {getValue().length > 1 && `${index + 1}. `}
                {who(step)}
              </Text>
            ))}
          </Stack>
        ),
      }),
      column.display({
        id: "change",
        header: () => null,
        meta: { align: "end", tight: true },
        cell: ({ row: { original } }) => (
          <Group gap={6} wrap="nowrap" justify="flex-end">
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onEdit(original)}
              data-testid="edit-rule"
            >
              {t("common.change")}
            </Button>
            <ConfirmButton
              size="compact-xs"
              variant="subtle"
              color="gray"
              title={t("approvalRules.retireTitle", { name: original.name })}
              text={t("approvalRules.retireText")}
              confirm={t("approvalRules.retire")}
              onConfirm={() => mutate(original.id)}
            >
              {t("approvalRules.retire")}
            </ConfirmButton>
            <HistoryButton name={original.name} entities={["work.approval_rule"]} of={original.id} />
          </Group>
        ),
      }),
    ]);
  }, [t, format, people, companies, onEdit, mutate]);
  return (
    <DataTable
      columns={columns}
      rows={rules}
      rowId={idOf}
      rowProps={rowProps}
      label={t("nav.approvalRules")}
    />
  );
}
