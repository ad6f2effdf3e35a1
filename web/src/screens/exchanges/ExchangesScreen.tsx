import { Badge, Button, Group, Paper } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Exchange, type ExchangeOutcome, exchangesQuery, runExchange } from "@/api/exchanges";
import { useIntent } from "@/api/intent";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { ExchangeForm } from "./ExchangeForm";
import { ExchangeRuns } from "./ExchangeRuns";

const column = columnsOf<Exchange>();
const idOf = (row: Exchange) => row.id;
const rowProps = (row: Exchange) => ({
  "data-testid": `exchange-row-${row.name}`,
  "data-muted": !row.when.enabled,
});

/** What comes from other systems and goes to them by itself. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const queryClient = useQueryClient();
  const query = useQuery(exchangesQuery());
  const [edited, setEdited] = useState<Exchange | "new" | null>(null);
  const [looked, setLooked] = useState<Exchange | null>(null);
  const { mutate: run, isPending: busy } = useIntent(runExchange, {
    onSuccess: async ({ jobId }) => {
      notifications.show({ message: t(jobId === null ? "jobs.alreadyRunning" : "jobs.started") });
      await queryClient.invalidateQueries({ queryKey: ["exchanges"] });
    },
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", { header: t("exchanges.name") }),
        column.accessor("direction", {
          header: t("exchanges.what"),
          cell: ({ row: { original } }) =>
            `${t(`exchanges.directions.${original.direction as "in" | "out"}`)} · ${t(
              `exchanges.ways.${original.way as "folder" | "database"}`,
            )}`,
        }),
        column.accessor("nextAt", {
          header: t("jobs.next"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => {
            const next = getValue();
            return next ? format.instant(next) : <Badge color="gray">{t("jobs.paused")}</Badge>;
          },
        }),
        column.accessor("lastOutcome", {
          header: t("exchanges.last"),
          cell: ({ getValue }) => {
            const outcome = getValue() as ExchangeOutcome | null;
            if (outcome === null) return "–";
            return (
              <Badge color={outcome === "failed" ? "red" : "green"}>
                {t(`exchanges.outcomes.${outcome}`)}
              </Badge>
            );
          },
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) => (
            <Group gap={6} justify="flex-end" wrap="nowrap">
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setLooked(original)}
                data-testid={`runs-${original.name}`}
              >
                {t("exchanges.runs")}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => run(original.id)}
                disabled={busy}
                data-testid={`run-${original.name}`}
              >
                {t("jobs.runNow")}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setEdited(original)}
                data-testid={`change-${original.name}`}
              >
                {t("common.change")}
              </Button>
            </Group>
          ),
        }),
      ]),
    [t, format, run, busy],
  );
  return (
    <Frame
      title={t("nav.exchanges")}
      lead={t("exchanges.lead")}
      actions={
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setEdited("new")}
          data-testid="new-exchange"
        >
          {t("exchanges.new")}
        </Button>
      }
    >
      <Paper withBorder>
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && <Loading rows={4} />}
        {query.data?.items.length === 0 && (
          <Empty icon="import" title={t("exchanges.empty")} text={t("exchanges.emptyText")} />
        )}
        {query.data && query.data.items.length > 0 && (
          <DataTable
            rows={query.data.items}
            columns={columns}
            rowId={idOf}
            rowProps={rowProps}
            label={t("nav.exchanges")}
          />
        )}
      </Paper>
      {edited !== null && (
        <ExchangeForm exchange={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      {looked !== null && <ExchangeRuns exchange={looked} onClose={() => setLooked(null)} />}
    </Frame>
  );
}
