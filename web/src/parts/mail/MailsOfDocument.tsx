import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mailsOfQuery } from "@/api/mails";
import { useFormat } from "@/format/useFormat";
import { ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import { useMay } from "@/session/company";
import { MailState } from "./MailState";

/** To whom a document was sent, and what became of it. Nothing is shown while it was sent to nobody. */
export function MailsOfDocument(document: { documentType: string; documentId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useMay("kernel.mail.read");
  const query = useInfiniteQuery({
    ...mailsOfQuery(document.documentType, document.documentId),
    enabled: mayRead,
  });
  const mails = useRows(query.data);
  if (mails.length === 0 && !query.error) return null;
  return (
    <Paper withBorder p="md" data-testid="mails-of-document">
      <Title order={2} size="h5" mb="xs">
        {t("mails.sentOf")}
      </Title>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      <Stack gap={6}>
        {mails.map((mail) => (
          <div key={mail.id}>
            <Group gap="sm">
              <MailState state={mail.state} />
              <Text size="sm">{mail.recipient}</Text>
              <Text size="sm" c="dimmed">
                {format.instant(mail.sentAt ?? mail.queuedAt)}
              </Text>
            </Group>
            {mail.error && (
              <Text size="xs" c="dimmed" mt={2}>
                {mail.error}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
