import { Badge, Group, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { HealthFinding, HealthReport } from "@/api/health";
import { useFormat } from "@/format/useFormat";
import { colourOf, useFigure } from "./figures";
import type { FindingName } from "./names";

type FindingProps = { finding: HealthFinding; report: HealthReport };

/** One finding: its name, its figure, what it means; and what to do when it is not green. */
export function FindingCard({ finding, report }: FindingProps) {
  const { t } = useTranslation();
  const figure = useFigure();
  const name = finding.name as FindingName;
  const bad = finding.level !== "Green";
  return (
    <Paper withBorder p="sm" data-testid={`finding-${finding.name}`} data-level={finding.level}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text fw={600} size="sm">
          {t(`health.name.${name}`)}
        </Text>
        <Badge color={colourOf(finding.level)} size="lg" style={{ flex: "none" }}>
          {figure(finding.figure, finding.unit)}
        </Badge>
      </Group>
      <Text size="sm" mt={4} c={bad ? undefined : "dimmed"}>
        {t(`health.means.${name}`)}
      </Text>
      {bad && (
        <Text size="sm" mt={4}>
          <b>{t("health.toDo")}</b> {t(`health.action.${name}`)}{" "}
          {name === "EventsParked" && <Link to="/parked-events">{t("nav.parkedEvents")}</Link>}
        </Text>
      )}
      {name === "ConsumersLate" &&
        bad &&
        report.consumers.map((one) => (
          <Text key={one.name} size="xs" c="dimmed">
            {one.name}: {figure(one.seconds, "s")}
          </Text>
        ))}
      {name === "BackupOld" && <Last at={report.lastBackupAt} />}
      {name === "DrillOld" && <Last at={report.lastDrillAt} />}
      <Text size="xs" c="dimmed" mt={4}>
        {t("health.bounds", {
          amber: figure(finding.amber, finding.unit),
          red: figure(finding.red, finding.unit),
        })}
      </Text>
    </Paper>
  );
}

/** When it was last done. */
function Last({ at }: { at: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" mt={4} data-testid="last">
      {at === null ? t("health.notYet") : t("health.last", { at: format.instant(at) })}
    </Text>
  );
}
