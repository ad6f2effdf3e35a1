import { Anchor, Button, FileButton, Group, Paper, Stack, Table, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { attachFile, attachmentsQuery, contentOf, type DocumentRef, removeFile } from "@/api/files";
import type { Attachment } from "@/api/types";
import { shownSize } from "@/format/size";
import { useFormat } from "@/format/useFormat";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";
import { Pictures } from "./Pictures";

/** The files of one document: attach, save, take away. */
export function Attachments(document: DocumentRef) {
  const mayRead = useMay("kernel.attachment.read");
  return mayRead ? <Files {...document} /> : null;
}

function Files(document: DocumentRef) {
  const { t } = useTranslation();
  const mayWrite = useMay("kernel.attachment.write");
  const query = useQuery(attachmentsQuery(document));
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: attachmentsQuery(document).queryKey });
  const attach = useMutation({ mutationFn: attachFile, onSuccess: refresh });
  const remove = useMutation({
    mutationFn: (file: Attachment) => removeFile(file.id),
    onSuccess: async (_, file) => {
      notifications.show({ message: t("files.removed", { name: file.name }) });
      await refresh();
    },
  });
  const files = query.data?.items ?? [];
  return (
    <Paper withBorder p="md" data-testid="attachments">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("files.title")}
        </Title>
        {mayWrite && (
          <FileButton
            onChange={(file) => file && attach.mutate({ ...document, file })}
            inputProps={{ "aria-label": t("files.attach") }}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-xs"
                variant="default"
                leftSection={<Icon name="plus" size={14} />}
                loading={attach.isPending}
                data-testid="attach"
              >
                {t("files.attach")}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <Stack gap="xs">
        <ProblemNote error={attach.error ?? remove.error} />
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && <Loading rows={1} />}
        {query.data && files.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("files.empty")}
          </Text>
        )}
        <Pictures files={files} />
        {files.length > 0 && (
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {files.map((file) => (
                <FileRow key={file.id} file={file} onRemove={mayWrite ? remove.mutate : null} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Paper>
  );
}

function FileRow({ file, onRemove }: { file: Attachment; onRemove: ((file: Attachment) => void) | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.Tr data-testid={`file-${file.name}`}>
      <Table.Td>
        <Anchor href={contentOf(file.id)} download={file.name} size="sm" style={{ overflowWrap: "anywhere" }}>
          {file.name}
        </Anchor>
      </Table.Td>
      <Table.Td ta="end">
        <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {shownSize(file.size, format.quantity)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {format.instant(file.createdAt)}
        </Text>
      </Table.Td>
      <Table.Td ta="end">
        {onRemove && (
          <ConfirmButton
            size="compact-xs"
            variant="subtle"
            title={t("files.removeTitle")}
            text={t("files.removeText", { name: file.name })}
            confirm={t("files.remove")}
            danger
            onConfirm={() => onRemove(file)}
            data-testid="remove-file"
          >
            {t("files.remove")}
          </ConfirmButton>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
