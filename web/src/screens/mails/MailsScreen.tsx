import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Mail } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { linkOf as documentAt } from "@/parts/documents/links";
import { ListView } from "@/parts/list/ListView";
import { MailState } from "@/parts/mail/MailState";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";

const idOf = (row: Mail) => row.id;
const rowProps = (row: Mail) => ({ "data-testid": `mail-row-${row.recipient}` });
const linkOf = (row: Mail) =>
  row.documentType && row.documentId ? documentAt(row.documentType, row.documentId) : "/mails";

/** Every mail of the organisation, newest first, with what became of it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const cells = useMemo(
    () => ({
      at: (row: Mail) => format.instant(row.sentAt ?? row.queuedAt),
      subject: (row: Mail) => row.subject ?? row.template,
      state: (row: Mail) => <MailState state={row.state} />,
      error: (row: Mail) => (
        <Text inherit c="dimmed" truncate maw={420} title={row.error ?? undefined}>
          {row.error}
        </Text>
      ),
    }),
    [format],
  );
  return (
    <Frame title={t("nav.mails")} lead={t("mails.lead")}>
      <ListView<Mail>
        list="mails"
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        label={t("nav.mails")}
        searchLabel={t("mails.search")}
        empty={<Empty icon="mail" title={t("mails.empty")} text={t("mails.emptyText")} />}
      />
    </Frame>
  );
}
