import { Button, Group, Paper, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsQuery, postingRulesQuery } from "@/api/accounting";
import type { PostingRule } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { HistoryButton } from "@/parts/HistoryButton";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useCompany, useMay } from "@/session/company";
import { EditRule } from "./EditRule";

const column = columnsOf<PostingRule>();
const idOf = (row: PostingRule) => row.id;
const rowProps = (row: PostingRule) => ({
  "data-testid": `rule-row-${row.eventType}-${row.itemKind || "any"}-${row.reason || "any"}`,
});

/** Which accounts an event is posted to, by item kind and reason. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const mayWrite = useMay("accounting.rule.write");
  const [edited, setEdited] = useState<string | null>(null);
  const query = useQuery(postingRulesQuery(companyId));
  const { data: accounts } = useQuery(accountsQuery(companyId));
  const rule = query.data?.find(({ id }) => id === edited);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(() => {
    const any = (
      <Text span size="sm" c="dimmed">
        {t("postingRules.any")}
      </Text>
    );
    const account = (number: string) => {
      const known = accounts?.find((candidate) => candidate.number === number);
      return (
        <span>
          <b>{number}</b> {known && format.account(known)}
        </span>
      );
    };
    return column.columns([
      column.accessor("eventType", {
        header: t("postingRules.event"),
        meta: { tight: true },
        cell: ({ getValue }) => words.event(getValue()),
      }),
      column.accessor("itemKind", {
        header: t("items.kind"),
        cell: ({ getValue }) => words.kind(getValue()) || any,
      }),
      column.accessor("reason", {
        header: t("issue.reason"),
        cell: ({ getValue }) => words.reason(getValue()) || any,
      }),
      column.accessor("debitAccount", {
        header: t("vouchers.debit"),
        meta: { testId: "debit-account" },
        cell: ({ getValue }) => account(getValue()),
      }),
      column.accessor("creditAccount", {
        header: t("vouchers.credit"),
        meta: { testId: "credit-account" },
        cell: ({ getValue }) => account(getValue()),
      }),
      column.display({
        id: "actions",
        header: () => null,
        meta: { align: "end" },
        cell: ({ row: { original } }) => (
          <Group gap={6} wrap="nowrap" justify="flex-end">
            {mayWrite && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setEdited(original.id)}
                data-testid="edit-rule"
              >
                {t("common.change")}
              </Button>
            )}
            <HistoryButton
              name={words.event(original.eventType)}
              entities={["accounting.posting_rule"]}
              of={original.id}
            />
          </Group>
        ),
      }),
    ]);
  }, [t, format, accounts, mayWrite]);
  return (
    <Frame title={t("nav.postingRules")} lead={t("postingRules.lead")}>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      <Paper withBorder>
        {query.isPending && <Loading />}
        {query.data?.length === 0 && <Empty icon="rules" title={t("postingRules.empty")} />}
        {query.data && query.data.length > 0 && (
          <DataTable
            columns={columns}
            rows={query.data}
            rowId={idOf}
            rowProps={rowProps}
            label={t("nav.postingRules")}
          />
        )}
      </Paper>
      {rule && (
        <EditRule
          key={`${rule.id} ${rule.version}`}
          rule={rule}
          accounts={accounts ?? []}
          onDone={() => setEdited(null)}
        />
      )}
    </Frame>
  );
}
