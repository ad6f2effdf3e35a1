import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";
import { JobDuration, JobName, JobStanding } from "./JobCells";

const column = columnsOf<Job>();
type Act = (id: string) => void;

export function useJobColumns(cancel: Act, retry: Act, own: boolean, busy: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayManage = useMay("kernel.job.manage") && own;
  return useMemo(() => {
    const instant = (at: string | null) => (at === null ? "–" : format.instant(at));
    return column.columns([
      column.accessor("jobType", {
        header: t("jobs.job"),
        cell: ({ row: { original } }) => <JobName job={original} />,
      }),
      column.accessor("state", {
        header: t("jobs.state"),
        cell: ({ row: { original } }) => <JobStanding job={original} />,
      }),
      column.accessor("attempts", {
        header: t("jobs.attempts"),
        meta: { figure: true, from: "lg" },
        cell: ({ row: { original } }) =>
          t("jobs.of", { attempts: original.attempts, most: original.mostAttempts }),
      }),
      column.accessor("enqueuedAt", {
        header: t("jobs.asked"),
        meta: { tight: true },
        cell: ({ getValue }) => format.instant(getValue()),
      }),
      column.accessor("startedAt", {
        header: t("jobs.begun"),
        meta: { tight: true, from: "lg" },
        cell: ({ getValue }) => instant(getValue()),
      }),
      column.accessor("endedAt", {
        header: t("jobs.ended"),
        meta: { tight: true, from: "lg" },
        cell: ({ getValue }) => instant(getValue()),
      }),
      column.display({
        id: "took",
        header: t("jobs.took"),
        meta: { figure: true, from: "lg" },
        cell: ({ row: { original } }) => <JobDuration job={original} />,
      }),
      column.display({
        id: "actions",
        header: () => null,
        meta: { align: "right", tight: true },
        cell: ({ row: { original } }) =>
          mayManage && <Action job={original} cancel={cancel} retry={retry} busy={busy} />,
      }),
    ]);
  }, [t, format, mayManage, cancel, retry, busy]);
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
