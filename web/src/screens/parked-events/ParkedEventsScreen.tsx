import { Badge, Button, Code, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { parkedEventsQuery, retryParkedEvent } from "@/api/system";
import type { ParkedEvent } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Empty, ProblemNote } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";

const column = columnsOf<ParkedEvent>();
const idOf = (row: ParkedEvent) => String(row.id);
const rowProps = (row: ParkedEvent) => ({ "data-testid": `parked-row-${row.id}` });

/** Events a consumer could not work through; they wait here until somebody asks for another try. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const mayRetry = useMay("kernel.parked.retry");
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(parkedEventsQuery());
  const retry = useIntent(retryParkedEvent, {
    onSuccess: async () => {
      notifications.show({ message: t("parkedEvents.asked") });
      await queryClient.invalidateQueries({ queryKey: ["parked-events"] });
    },
  });
  const { mutate, isPending, variables } = retry;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("parkedAt", {
          header: t("parkedEvents.since"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.accessor("eventType", {
          header: t("parkedEvents.event"),
          cell: ({ row: { original } }) => (
            <div>
              <Text size="sm" fw={600}>
                {words.event(original.eventType)}
              </Text>
              <Text size="xs" c="dimmed">
                {original.consumer} · {original.aggregate}
              </Text>
            </div>
          ),
        }),
        column.accessor("error", {
          header: t("parkedEvents.error"),
          cell: ({ getValue }) => (
            <Code block p={6} fz="xs">
              {getValue()}
            </Code>
          ),
        }),
        column.accessor("attempts", { header: t("parkedEvents.attempts"), meta: { figure: true } }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) =>
            original.retryRequestedAt !== null ? (
              <Badge>{t("parkedEvents.willRetry")}</Badge>
            ) : (
              mayRetry && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => mutate(original.id)}
                  loading={isPending && variables === original.id}
                  data-testid="retry-event"
                >
                  {t("common.tryAgain")}
                </Button>
              )
            ),
        }),
      ]),
    [t, format, mayRetry, mutate, isPending, variables],
  );
  return (
    <Frame title={t("nav.parkedEvents")} lead={t("parkedEvents.lead")}>
      <Stack gap="sm">
        <ProblemNote error={retry.error} />
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.parkedEvents")}
          empty={<Empty icon="check" title={t("parkedEvents.empty")} text={t("parkedEvents.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
