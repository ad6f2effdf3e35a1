import { Alert, Button, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type HealthReport, healthQuery } from "@/api/health";
import { useFormat } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { AlertTable } from "./AlertTable";
import { FindingCard } from "./FindingCard";
import { colourOf } from "./figures";

/** What a person should know about the installation: each finding with its figure, what it means and what to do. */
export function Screen() {
  const { t } = useTranslation();
  const query = useQuery(healthQuery());
  const { data } = query;
  return (
    <Frame
      title={t("nav.health")}
      lead={t("health.lead")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="retry" size={14} />}
          onClick={() => query.refetch()}
          loading={query.isRefetching}
          data-testid="reload"
        >
          {t("common.reload")}
        </Button>
      }
    >
      <Stack gap="md">
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && <Loading />}
        {data && <Report report={data} />}
      </Stack>
    </Frame>
  );
}

function Report({ report }: { report: HealthReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const level = report.level as "Green" | "Amber" | "Red";
  const wrong = report.findings.filter(({ level }) => level !== "Green");
  const right = report.findings.filter(({ level }) => level === "Green");
  return (
    <>
      <Alert
        color={colourOf(report.level)}
        icon={<Icon name={report.level === "Green" ? "check" : "alert"} />}
        title={t(`health.level.${level}`)}
        data-testid="health-level"
        data-level={report.level}
      >
        {report.measuredAt
          ? t("health.measuredAt", { at: format.instant(report.measuredAt) })
          : t("health.never")}
      </Alert>
      {wrong.length > 0 && (
        <Stack gap="sm">
          {wrong.map((finding) => (
            <FindingCard key={finding.name} finding={finding} report={report} />
          ))}
        </Stack>
      )}
      {right.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {right.map((finding) => (
            <FindingCard key={finding.name} finding={finding} report={report} />
          ))}
        </SimpleGrid>
      )}
      <Stack gap={6}>
        <Title order={2} size="h5">
          {t("health.alerts")}
        </Title>
        <Paper withBorder>
          {report.alerts.length > 0 ? (
            <AlertTable alerts={report.alerts} />
          ) : (
            <Text size="sm" c="dimmed" p="sm">
              {t("health.noAlerts")}
            </Text>
          )}
        </Paper>
      </Stack>
    </>
  );
}
