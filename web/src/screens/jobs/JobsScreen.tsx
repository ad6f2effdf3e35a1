import { Group, SegmentedControl, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useIntent } from "@/api/intent";
import { cancelJob, retryJob } from "@/api/jobs";
import type { Job } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ListView } from "@/parts/list/ListView";
import { Empty, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { JobAction } from "./JobAction";
import { JobDuration, JobName, JobStanding } from "./JobCells";
import { SchedulesTable } from "./SchedulesTable";
import { jobTypes } from "./types";

/** The installation's jobs are no tenant's events, so nothing is pushed; whoever looks at them asks again. */
const installationLooks = 3000;
const idOf = (row: Job) => row.id;
const rowProps = (row: Job) => ({ "data-testid": `job-row-${row.id}`, "data-state": row.state });

/** What goes on in the background, how far it is, and what comes back by itself. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const maySeeInstallation = useMay("kernel.health.read");
  const mayManage = useMay("kernel.job.manage");
  const installation = maySeeInstallation && params.get("of") === "installation";
  const queryClient = useQueryClient();
  const tell = (key: "jobs.cancelled" | "jobs.retried") => async () => {
    notifications.show({ message: t(key) });
    await queryClient.invalidateQueries({ queryKey: ["jobs"] });
  };
  const cancel = useIntent(cancelJob, { onSuccess: tell("jobs.cancelled") });
  const retry = useIntent(retryJob, { onSuccess: tell("jobs.retried") });
  const busy = cancel.isPending || retry.isPending;
  const { cells, choices } = useJobCells();
  const action = (row: Job) => (
    <JobAction job={row} cancel={cancel.mutate} retry={retry.mutate} busy={busy} />
  );
  return (
    <Frame title={t("nav.jobs")} lead={t("jobs.lead")}>
      <Stack gap="sm">
        {maySeeInstallation && (
          <Group>
            <SegmentedControl
              size="xs"
              aria-label={t("jobs.whose")}
              value={installation ? "installation" : "organisation"}
              // Another list, with conditions of its own.
              onChange={(value) => navigate(value === "installation" ? "/jobs?of=installation" : "/jobs")}
              data={[
                { value: "organisation", label: t("jobs.ofOrganisation") },
                { value: "installation", label: t("jobs.ofInstallation") },
              ]}
              data-testid="whose-jobs"
            />
          </Group>
        )}
        <SchedulesTable installation={installation} />
        <ProblemNote error={cancel.error ?? retry.error} />
        <ListView<Job>
          key={installation ? "installation" : "organisation"}
          list={installation ? "installation-jobs" : "jobs"}
          cells={cells}
          choices={choices}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.jobs")}
          empty={<Empty icon="check" title={t("jobs.empty")} text={t("jobs.emptyText")} />}
          {...(installation && { looksEvery: installationLooks })}
          {...(!installation && mayManage && { actions: action })}
        />
      </Stack>
    </Frame>
  );
}

function useJobCells() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(() => {
    const instant = (at: string | null) => (at === null ? "–" : format.instant(at));
    return {
      cells: {
        job: (row: Job) => <JobName job={row} />,
        state: (row: Job) => <JobStanding job={row} />,
        attempts: (row: Job) => t("jobs.of", { attempts: row.attempts, most: row.mostAttempts }),
        asked: (row: Job) => format.instant(row.enqueuedAt),
        begun: (row: Job) => instant(row.startedAt),
        ended: (row: Job) => instant(row.endedAt),
        took: (row: Job) => <JobDuration job={row} />,
      },
      choices: { job: jobTypes.map((value) => ({ value, title: words.job(value) })) },
    };
  }, [t, format]);
}
