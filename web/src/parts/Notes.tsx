import { Alert, Button, Center, Group, Skeleton, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { useWords } from "@/i18n/useWords";
import { Icon, type IconName } from "./icons";

type EmptyProps = { icon?: IconName; title: string; text?: string | undefined; children?: ReactNode };

export function Empty({ icon = "search", title, text, children }: EmptyProps) {
  return (
    <Center py={56} px="md" data-testid="empty">
      <Stack align="center" gap={6} maw={440}>
        <Text c="dimmed" component="span" lh={0}>
          <Icon name={icon} size={32} />
        </Text>
        <Text fw={600}>{title}</Text>
        {text && (
          <Text c="dimmed" size="sm" ta="center">
            {text}
          </Text>
        )}
        {children && <Group mt="xs">{children}</Group>}
      </Stack>
    </Center>
  );
}

type ProblemNoteProps = { error: unknown; onRetry?: (() => void) | undefined; retrying?: boolean };

/** What went wrong, in the reader's language, with a way to try again where that can help. */
export function ProblemNote({ error, onRetry, retrying = false }: ProblemNoteProps) {
  const { t } = useTranslation();
  const words = useWords();
  if (!error) return null;
  const problem = error instanceof Problem ? error : null;
  const unsettled = problem?.isUnsettled ?? false;
  const fields = Object.entries(problem?.errors ?? {});
  return (
    <Alert
      color={unsettled ? "yellow" : "red"}
      icon={<Icon name="alert" />}
      role="alert"
      data-testid="problem"
    >
      <Stack gap={6} align="flex-start">
        <Text size="sm">{words.problem(error)}</Text>
        {fields.map(([field, messages]) => (
          <Text key={field} size="sm">
            <b>{words.field(field)}</b>: {messages.join(" ")}
          </Text>
        ))}
        {onRetry && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="retry" size={14} />}
            onClick={onRetry}
            loading={retrying}
            data-testid="retry"
          >
            {t("common.tryAgain")}
          </Button>
        )}
        {problem?.requestId && problem.status >= 500 && (
          <Text size="xs" c="dimmed">
            {t("common.requestId", { id: problem.requestId })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

export function Loading({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap={8} p="sm" role="status" aria-label={t("common.loading")} data-testid="loading">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
        <Skeleton key={key} height={26} radius="sm" />
      ))}
    </Stack>
  );
}
