import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { ConfirmButton } from "@/parts/ConfirmButton";

type JobActionProps = { job: Job; cancel: (id: string) => void; retry: (id: string) => void; busy: boolean };

/** What a person may do with a job: give it up, or try it again. */
export function JobAction({ job, cancel, retry, busy }: JobActionProps) {
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
