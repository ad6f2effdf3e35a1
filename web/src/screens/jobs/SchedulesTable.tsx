import { Badge, Button, Group, Paper, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { runSchedule, schedulesQuery } from "@/api/jobs";
import type { Schedule } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { ProblemNote } from "@/parts/Notes";
import { columnsOf } from "@/parts/table";
import { useTimeTable } from "@/parts/timeTable/useTimeTable";
import { useMay } from "@/session/company";
import { EditSchedule } from "./EditSchedule";

const column = columnsOf<Schedule>();
const idOf = (row: Schedule) => row.id;
const rowProps = (row: Schedule) => ({
  "data-testid": `schedule-row-${row.name}`,
  "data-muted": !row.enabled,
});

/** Work that comes back; it shows only when there is any. */
export function SchedulesTable({ installation }: { installation: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(schedulesQuery(installation || undefined));
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<Schedule | null>(null);
  const run = useIntent(runSchedule, {
    onSuccess: async ({ jobId }) => {
      notifications.show({ message: t(jobId === null ? "jobs.alreadyRunning" : "jobs.started") });
      await queryClient.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
  const columns = useScheduleColumns(run.mutate, setEdited, !installation, run.isPending);
  if (query.error !== null) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <>
      <Title order={2} size="h5">
        {t("jobs.schedules")}
      </Title>
      <ProblemNote error={run.error} />
      <Paper withBorder>
        <DataTable
          columns={columns}
          rows={query.data.items}
          rowId={idOf}
          rowProps={rowProps}
          label={t("jobs.schedules")}
        />
      </Paper>
      {edited && <EditSchedule schedule={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function useScheduleColumns(
  run: (id: string) => void,
  edit: (row: Schedule) => void,
  own: boolean,
  busy: boolean,
) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const say = useTimeTable();
  const mayManage = useMay("kernel.job.manage") && own;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: t("jobs.job"),
          cell: ({ row: { original } }) =>
            original.jobType === "exchange.run"
              ? `${words.job(original.jobType)}: ${original.name}`
              : words.job(original.jobType),
        }),
        column.accessor("cron", {
          header: t("jobs.timeTable"),
          cell: ({ row: { original } }) => (
            <>
              {say(original.cron)}
              <Text size="xs" c="dimmed">
                {original.timeZone}
              </Text>
            </>
          ),
        }),
        column.accessor("nextAt", {
          header: t("jobs.next"),
          meta: { tight: true },
          cell: ({ row: { original } }) =>
            original.enabled && original.nextAt !== null ? (
              format.instant(original.nextAt)
            ) : (
              <Badge color="gray">{t("jobs.paused")}</Badge>
            ),
        }),
        column.accessor("lastAt", {
          header: t("jobs.last"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => {
            const at = getValue();
            return at === null ? "–" : format.instant(at);
          },
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) =>
            mayManage && (
              <Group gap={6} wrap="nowrap" justify="flex-end">
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => run(original.id)}
                  disabled={busy}
                  data-testid="run-schedule"
                >
                  {t("jobs.runNow")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => edit(original)}
                  data-testid="edit-schedule"
                >
                  {t("jobs.change")}
                </Button>
              </Group>
            ),
        }),
      ]),
    [t, format, mayManage, run, edit, busy],
  );
}
