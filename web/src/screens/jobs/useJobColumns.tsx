import { Badge, Button, Progress, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";

const column = columnsOf<Job>();
const colours: Record<string, string> = {
  waiting: "gray",
  running: "blue",
  done: "green",
  failed: "red",
  cancelled: "gray",
};

type Act = (id: string) => void;

export function useJobColumns(cancel: Act, retry: Act, busy: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const mayManage = useMay("kernel.job.manage");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("jobType", {
          header: t("jobs.job"),
          cell: ({ row: { original } }) => (
            <div>
              <Text size="sm" fw={600}>
                {words.job(original.jobType)}
              </Text>
              {original.error !== null && (
                <Text size="xs" c="dimmed" lineClamp={2}>
                  {original.error}
                </Text>
              )}
            </div>
          ),
        }),
        column.accessor("state", {
          header: t("jobs.state"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Badge color={colours[original.state]} data-testid="job-state">
              {original.cancelRequested && original.state === "running"
                ? t("jobs.stopping")
                : words.jobState(original.state)}
            </Badge>
          ),
        }),
        column.display({
          id: "progress",
          header: t("jobs.progress"),
          cell: ({ row: { original } }) => <Done job={original} />,
        }),
        column.accessor("attempts", {
          header: t("jobs.attempts"),
          meta: { figure: true },
          cell: ({ row: { original } }) =>
            t("jobs.of", { attempts: original.attempts, most: original.mostAttempts }),
        }),
        column.accessor("enqueuedAt", {
          header: t("jobs.asked"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "right", tight: true },
          cell: ({ row: { original } }) =>
            mayManage && <Action job={original} cancel={cancel} retry={retry} busy={busy} />,
        }),
      ]),
    [t, format, mayManage, cancel, retry, busy],
  );
}

function Done({ job }: { job: Job }) {
  if (job.progress === null || job.total === null || job.total === 0) return null;
  const percent = Math.min(100, (100 * job.progress) / job.total);
  return (
    <Progress.Root size="lg" miw={120} data-testid="job-progress" data-percent={Math.round(percent)}>
      <Progress.Section value={percent}>
        <Progress.Label>{`${Math.round(percent)} %`}</Progress.Label>
      </Progress.Section>
    </Progress.Root>
  );
}

function Action({ job, cancel, retry, busy }: { job: Job; cancel: Act; retry: Act; busy: boolean }) {
  const { t } = useTranslation();
  if (job.state === "failed" || job.state === "cancelled")
    return (
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => retry(job.id)}
        disabled={busy}
        data-testid="retry-job"
      >
        {t("common.tryAgain")}
      </Button>
    );
  if (job.state === "done" || job.cancelRequested) return null;
  return (
    <ConfirmButton
      size="compact-xs"
      variant="default"
      title={t("jobs.cancel")}
      text={t("jobs.cancelQuestion")}
      confirm={t("jobs.cancel")}
      danger
      onConfirm={() => cancel(job.id)}
      disabled={busy}
      data-testid="cancel-job"
    >
      {t("jobs.cancel")}
    </ConfirmButton>
  );
}
