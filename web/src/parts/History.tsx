import { Button, Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { historyQuery } from "@/api/history";
import type { Change } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useMay } from "@/session/company";
import { ProblemNote } from "./Notes";

const verbs = { insert: "history.created", update: "history.changed", delete: "history.removed" } as const;
const hidden = new Set(["version", "company_id", "item_id", "changed_at", "created_at"]);

/** Who changed this thing, when, and from what to what. */
export function History({ entities, of }: { entities: readonly string[]; of: string }) {
  const { t } = useTranslation();
  const may = useMay("identity.history.read");
  const query = useInfiniteQuery({ ...historyQuery(entities, of), enabled: may });
  if (!may) return null;
  const changes = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Paper withBorder p="md" data-testid="history">
      <Title order={2} size="h5" mb="xs">
        {t("history.title")}
      </Title>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.data && changes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("history.empty")}
        </Text>
      )}
      <Stack gap="xs">
        {changes.map((change) => (
          <Entry key={change.id} change={change} />
        ))}
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
    </Paper>
  );
}

function Entry({ change }: { change: Change }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const was = (change.before ?? {}) as Record<string, unknown>;
  const now = (change.after ?? {}) as Record<string, unknown>;
  const names = Object.keys(change.kind === "delete" ? was : now).filter((name) => !hidden.has(name));
  const shown = (value: unknown) =>
    value === null || value === undefined || value === "" ? t("history.none") : String(value);
  return (
    <div data-testid="history-entry">
      <Group gap={6}>
        <Text size="sm" fw={600}>
          {change.actor ?? (change.request.endsWith("by hand") ? t("history.byHand") : "Millrace")}
        </Text>
        <Text size="sm">{t(verbs[change.kind as keyof typeof verbs])}</Text>
        <Text size="xs" c="dimmed">
          {format.instant(change.at)}
        </Text>
      </Group>
      {change.kind === "update" &&
        names.map((name) => (
          <Text key={name} size="xs">
            {words.field(camel(name))}: <Code>{shown(was[name])}</Code> → <Code>{shown(now[name])}</Code>
          </Text>
        ))}
    </div>
  );
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
