import { Select, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { mailsQuery } from "@/api/mails";
import type { Mail } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { MailState } from "@/parts/mail/MailState";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";

const column = columnsOf<Mail>();
const idOf = (row: Mail) => row.id;
const rowProps = (row: Mail) => ({ "data-testid": `mail-row-${row.recipient}` });
const states = ["queued", "sent", "refused", "returned", "failed"] as const;

/** Every mail of the organisation, newest first, with what became of it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const filter = useUrlFilter();
  const state = filter.value("state");
  const query = useInfiniteQuery(mailsQuery({ state }));
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("queuedAt", {
          header: t("mails.at"),
          meta: { tight: true },
          cell: ({ row: { original } }) => format.instant(original.sentAt ?? original.queuedAt),
        }),
        column.accessor("recipient", { header: t("mails.to") }),
        column.accessor("subject", {
          header: t("mails.subject"),
          cell: ({ row: { original } }) => (
            <div>
              <Text size="sm">{original.subject ?? original.template}</Text>
              {original.error && (
                <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                  {original.error}
                </Text>
              )}
            </div>
          ),
        }),
        column.accessor("attempts", { header: t("mails.attempts"), meta: { figure: true } }),
        column.accessor("state", {
          header: t("mails.stateTitle"),
          meta: { tight: true },
          cell: ({ getValue }) => <MailState state={getValue()} />,
        }),
      ]),
    [t, format],
  );
  return (
    <Frame title={t("nav.mails")} lead={t("mails.lead")}>
      <Stack gap="sm">
        <Select
          aria-label={t("mails.stateTitle")}
          placeholder={t("mails.allStates")}
          data={states.map((value) => ({ value, label: t(`mails.state.${value}`) }))}
          value={state === "" ? null : state}
          onChange={(value) => filter.change({ state: value })}
          clearable
          w={220}
          data-testid="state-filter"
        />
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.mails")}
          empty={<Empty icon="mail" title={t("mails.empty")} text={t("mails.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
