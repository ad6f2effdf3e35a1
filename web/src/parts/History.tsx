import { Button, Code, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { historyQuery } from "@/api/history";
import type { Change } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useMay } from "@/session/company";
import { useChanges } from "./changes";
import { ProblemNote } from "./Notes";

const verbs = { insert: "history.created", update: "history.changed", delete: "history.removed" } as const;

/** The kinds of rows that make up a thing, its own first; and the key they have in common. */
export type HistoryOf = { entities: readonly string[]; of: string; withFiles?: boolean };

/** Who changed this thing, when, and from what to what, on the page of the thing. */
export function History({ first, ...of }: HistoryOf & { first?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" data-testid="history">
      <Title order={2} size="h5" mb="xs">
        {t("history.title")}
      </Title>
      <HistoryList {...of} first={first} />
    </Paper>
  );
}

/** The entries alone; `first` is how the thing began where the audit does not keep it. */
export function HistoryList({ entities, of, withFiles = false, first }: HistoryOf & { first?: ReactNode }) {
  const { t } = useTranslation();
  const files = useMay("kernel.attachment.read") && withFiles;
  const kinds = files ? [...entities, "kernel.attachment"] : entities;
  const query = useInfiniteQuery({ ...historyQuery(kinds, of), enabled: kinds.length > 0 });
  const changes = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isLoading && <Skeleton h={36} data-testid="loading" />}
      {query.data && changes.length === 0 && !first && (
        <Text size="sm" c="dimmed">
          {t("history.empty")}
        </Text>
      )}
      <Stack gap="xs">
        {changes.map((change) => (
          <Entry key={change.id} change={change} of={of} />
        ))}
        {!query.hasNextPage && first}
      </Stack>
      {query.hasNextPage && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          onClick={() => query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          {t("common.loadMore")}
        </Button>
      )}
    </>
  );
}

/** Who did it and when; beside the entries of the audit also for what is known from the thing itself. */
export function HistoryLine({ who, did, at }: { who: string; did: string; at: string }) {
  const format = useFormat();
  return (
    <Group gap={6}>
      <Text size="sm" fw={600}>
        {who}
      </Text>
      <Text size="sm">{did}</Text>
      <Text size="xs" c="dimmed">
        {format.instant(at)}
      </Text>
    </Group>
  );
}

function Entry({ change, of }: { change: Change; of: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const { fields } = useChanges();
  const by = change.actor ?? (change.request.endsWith("by hand") ? t("history.byHand") : "Millrace");
  const verb = t(verbs[change.kind as keyof typeof verbs]);
  return (
    <div data-testid="history-entry">
      <HistoryLine who={by} did={`${words.table(change.entity)} · ${verb}`} at={change.at} />
      {change.kind === "update"
        ? fields(change).map(({ name, label, was, now }) => (
            <Text key={name} size="xs">
              {label}: <Code>{was}</Code> → <Code>{now}</Code>
            </Text>
          ))
        : fields(change)
            .filter(({ tells, id }) => tells && id !== of)
            .slice(0, 4)
            .map(({ name, label, was, now }) => (
              <Text key={name} size="xs" c="dimmed">
                {label}: {change.kind === "delete" ? was : now}
              </Text>
            ))}
    </div>
  );
}
