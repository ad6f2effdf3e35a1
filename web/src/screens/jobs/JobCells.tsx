import { Badge, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { durationOf, figuresOf } from "./figures";

const colours: Record<string, string> = {
  waiting: "gray",
  running: "blue",
  done: "green",
  failed: "red",
  cancelled: "gray",
};

/** What a job is, and what came of it. */
export function JobName({ job }: { job: Job }) {
  const words = useWords();
  const figures = figuresOf(job.result);
  return (
    <div>
      <Text inherit fw={600}>
        {words.job(job.jobType)}
      </Text>
      {job.error !== null && (
        <Text
          size="xs"
          c="dimmed"
          lineClamp={2}
          title={job.error}
          style={{ overflowWrap: "anywhere" }}
          data-testid="job-error"
        >
          {job.error}
        </Text>
      )}
      {figures.length > 0 && (
        <Text size="xs" c="dimmed" data-testid="job-result">
          {figures.map(([name, value]) => `${words.jobResult(name)}: ${value}`).join(" · ")}
        </Text>
      )}
    </div>
  );
}

/** How a job stands: how far it is while it runs, and when it is tried while it waits for that. */
export function JobStanding({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const later = job.state === "waiting" && Date.parse(job.runAt) > Date.now();
  const at = format.instant(job.runAt);
  return (
    <Stack gap={4} align="flex-start">
      <Badge color={colours[job.state]} data-testid="job-state">
        {job.cancelRequested && job.state === "running" ? t("jobs.stopping") : words.jobState(job.state)}
      </Badge>
      {later && (
        <Text size="xs" c="dimmed" data-testid="job-next">
          {job.attempts > 0 ? t("jobs.nextTry", { at }) : t("jobs.waitsUntil", { at })}
        </Text>
      )}
      <Done job={job} />
    </Stack>
  );
}

/** How long the work took; there is no saying while it goes on or when it never began. */
export function JobDuration({ job }: { job: Job }) {
  const { t } = useTranslation();
  if (job.startedAt === null || job.endedAt === null || job.state === "cancelled") return "–";
  const { unit, ...values } = durationOf(job.startedAt, job.endedAt);
  return <span data-testid="job-took">{t(`jobs.duration.${unit}`, values)}</span>;
}

function Done({ job }: { job: Job }) {
  const { t } = useTranslation();
  if (job.state === "done" || job.progress === null || job.total === null || job.total === 0) return null;
  const percent = Math.min(100, (100 * job.progress) / job.total);
  return (
    <Progress.Root size="lg" w={120} data-testid="job-progress" data-percent={Math.round(percent)}>
      <Progress.Section value={percent} aria-label={t("jobs.progress")}>
        <Progress.Label>{`${Math.round(percent)} %`}</Progress.Label>
      </Progress.Section>
    </Progress.Root>
  );
}
