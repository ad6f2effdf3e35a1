import { Code, Modal, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Change } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { useChanges } from "@/parts/changes";
import { HistoryLine } from "@/parts/History";

const verbs = { insert: "history.created", update: "history.changed", delete: "history.removed" } as const;

/** One change whole: before and after, field by field, and the request it came with. */
export function ChangeDialog({ change, onClose }: { change: Change; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const { fields } = useChanges();
  const by = change.actor ?? (change.request.endsWith("by hand") ? t("history.byHand") : "Millrace");
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.table(change.entity)}
      size="lg"
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm" data-testid="change">
        <HistoryLine who={by} did={t(verbs[change.kind as keyof typeof verbs])} at={change.at} />
        <Table layout="fixed" withRowBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="32%">{t("audit.field")}</Table.Th>
              {change.kind !== "insert" && <Table.Th>{t("audit.before")}</Table.Th>}
              {change.kind !== "delete" && <Table.Th>{t("audit.after")}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ wordBreak: "break-word" }}>
            {fields(change).map(({ name, label, was, now }) => (
              <Table.Tr key={name}>
                <Table.Td>{label}</Table.Td>
                {change.kind !== "insert" && <Table.Td>{was}</Table.Td>}
                {change.kind !== "delete" && <Table.Td>{now}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="xs" c="dimmed">
          {t("audit.key")} <Code>{change.key}</Code> · {t("audit.request")} <Code>{change.request}</Code>
        </Text>
      </Stack>
    </Modal>
  );
}
