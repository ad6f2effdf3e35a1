import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type InboxRow, inboxQuery } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { DecisionButtons } from "@/parts/documents/DecisionButtons";
import { linkOf } from "@/parts/documents/links";
import { useDecision } from "@/parts/documents/useDecision";
import { useTakeBack } from "@/parts/documents/useTakeBack";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";

const column = columnsOf<InboxRow>();
const idOf = (row: InboxRow) => row.approvalId;
const rowProps = (row: InboxRow) => ({ "data-testid": `inbox-row-${row.title}` });

/** What waits for the reader's decision, decided right here. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const query = useQuery(inboxQuery());
  const { offer } = useTakeBack();
  const decide = useDecision(
    (waitsOn, { decision, approvalId, title }) =>
      waitsOn && decision === "approve" && offer(approvalId, title),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("title", {
          header: t("inbox.document"),
          cell: ({ row: { original } }) => (
            <Group gap="xs">
              <Anchor
                component={Link}
                to={linkOf(original.documentType, original.documentId)}
                size="sm"
                fw={600}
              >
                {original.title}
              </Anchor>
              <Text size="sm" c="dimmed">
                {words.documentType(original.documentType)}
              </Text>
              {original.steps > 1 && (
                <Badge variant="light" color="gray">
                  {t("approval.step", { step: original.step, steps: original.steps })}
                </Badge>
              )}
              {original.escalated && <Badge color="yellow">{t("inbox.escalated")}</Badge>}
            </Group>
          ),
        }),
        column.accessor("requestedByName", { header: t("inbox.askedBy") }),
        column.accessor("requestedAt", {
          header: t("inbox.since"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.display({
          id: "decide",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) => (
            <DecisionButtons
              title={original.title}
              documentId={original.documentId}
              approvalId={original.approvalId}
              decide={decide}
            />
          ),
        }),
      ]),
    [t, format, decide],
  );
  return (
    <Frame title={t("nav.inbox")} lead={t("inbox.lead")}>
      <Stack gap="sm">
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <Paper withBorder>
          {query.isPending && <Loading rows={4} />}
          {query.data?.items.length === 0 && (
            <Empty icon="inbox" title={t("inbox.empty")} text={t("inbox.emptyText")} />
          )}
          {query.data && query.data.items.length > 0 && (
            <DataTable
              columns={columns}
              rows={query.data.items}
              rowId={idOf}
              rowProps={rowProps}
              label={t("nav.inbox")}
            />
          )}
        </Paper>
      </Stack>
    </Frame>
  );
}
