import { Group, SegmentedControl, Select, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { cancelJob, jobsQuery, retryJob } from "@/api/jobs";
import type { Job } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { Empty, ProblemNote } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useMay } from "@/session/company";
import { SchedulesTable } from "./SchedulesTable";
import { jobTypes } from "./types";
import { useJobColumns } from "./useJobColumns";

/** The installation's jobs are no tenant's events, so nothing is pushed; whoever looks at them asks again. */
const installationLooks = 3000;
const states = ["waiting", "running", "done", "failed", "cancelled"] as const;
const idOf = (row: Job) => row.id;
const rowProps = (row: Job) => ({ "data-testid": `job-row-${row.id}`, "data-state": row.state });

/** What goes on in the background, how far it is, and what comes back by itself. */
export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const filter = useUrlFilter();
  const state = filter.value("state");
  const type = filter.value("type");
  const maySeeInstallation = useMay("kernel.health.read");
  const installation = maySeeInstallation && filter.value("of") === "installation";
  const query = useInfiniteQuery({
    ...jobsQuery({ state, type, ...(installation && { installation }) }),
    refetchInterval: installation && installationLooks,
  });
  const queryClient = useQueryClient();
  const tell = (key: "jobs.cancelled" | "jobs.retried") => async () => {
    notifications.show({ message: t(key) });
    await queryClient.invalidateQueries({ queryKey: ["jobs"] });
  };
  const cancel = useIntent(cancelJob, { onSuccess: tell("jobs.cancelled") });
  const retry = useIntent(retryJob, { onSuccess: tell("jobs.retried") });
  const columns = useJobColumns(
    cancel.mutate,
    retry.mutate,
    !installation,
    cancel.isPending || retry.isPending,
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
              onChange={(value) => filter.change({ of: value === "installation" ? value : null })}
              data={[
                { value: "organisation", label: t("jobs.ofOrganisation") },
                { value: "installation", label: t("jobs.ofInstallation") },
              ]}
              data-testid="whose-jobs"
            />
          </Group>
        )}
        <SchedulesTable installation={installation} />
        <Group gap="sm">
          <Select
            w={200}
            clearable
            placeholder={t("jobs.all")}
            aria-label={t("jobs.state")}
            data={states.map((value) => ({ value, label: words.jobState(value) }))}
            value={state === "" ? null : state}
            onChange={(value) => filter.change({ state: value })}
            data-testid="state-filter"
          />
          <Select
            w={300}
            clearable
            placeholder={t("jobs.allTypes")}
            aria-label={t("jobs.job")}
            data={jobTypes.map((value) => ({ value, label: words.job(value) }))}
            value={type === "" ? null : type}
            onChange={(value) => filter.change({ type: value })}
            data-testid="type-filter"
          />
        </Group>
        <ProblemNote error={cancel.error ?? retry.error} />
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.jobs")}
          empty={<Empty icon="check" title={t("jobs.empty")} text={t("jobs.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
