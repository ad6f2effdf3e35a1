import { Badge, Button, Group, Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ApprovalTrail } from "@/api/adjustments";
import { useFormat } from "@/format/useFormat";
import { DecisionButtons } from "./DecisionButtons";
import { useDecision } from "./useDecision";
import { useTakeBack } from "./useTakeBack";

type ApprovalPanelProps = { title: string; documentId: string; approval: ApprovalTrail };

/** Who is asked, what was decided so far, and the reader's own part in it. */
export function ApprovalPanel({ title, documentId, approval }: ApprovalPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { takeBack, offer } = useTakeBack();
  const decide = useDecision(
    (waitsOn, { decision }) => waitsOn && decision === "approve" && offer(approval.id, title),
  );
  const pending = approval.state === "pending";
  return (
    <Paper withBorder p="md" data-testid="approval">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t("approval.title")}
          </Title>
          {approval.mayDecide && (
            <DecisionButtons
              title={title}
              documentId={documentId}
              approvalId={approval.id}
              decide={decide}
              size="sm"
            />
          )}
          {approval.mayRetract && (
            <Button
              size="xs"
              variant="default"
              loading={takeBack.isPending}
              onClick={() => takeBack.mutate(approval.id)}
              data-testid="take-back"
            >
              {t("approval.takeBack")}
            </Button>
          )}
        </Group>
        {pending && (
          <Group gap={6} data-testid="waits-for">
            <Badge variant="light">
              {t("approval.step", { step: approval.step, steps: approval.steps })}
            </Badge>
            <Text size="sm" c="dimmed">
              {t("approval.waitsFor")}
              {approval.waitsFor.length > 1 &&
                ` ${approval.needs === "all" ? t("approval.allOf") : t("approval.anyOf")}`}
              :
            </Text>
            <Text size="sm" fw={600}>
              {approval.waitsFor.map(({ name }) => name).join(", ")}
            </Text>
            {approval.escalatesAt && (
              <Text size="xs" c="dimmed">
                · {t("approval.escalatesAt", { at: format.instant(approval.escalatesAt) })}
              </Text>
            )}
          </Group>
        )}
        <Timeline
          bulletSize={12}
          lineWidth={2}
          aria-label={t("approval.history")}
          data-testid="approval-history"
        >
          {approval.history.map((entry) => (
            <Timeline.Item
              key={`${entry.at} ${entry.kind}`}
              color={colors[entry.kind] ?? "gray"}
              title={<EntryTitle entry={entry} />}
            >
              {entry.comment && <Text size="sm">{entry.comment}</Text>}
              <Text size="xs" c="dimmed">
                {format.instant(entry.at)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Stack>
    </Paper>
  );
}

const colors: Record<string, string> = { approved: "green", rejected: "red", escalated: "yellow" };

type EntryKind = "asked" | "approved" | "rejected" | "retracted" | "withdrawn" | "reopened" | "escalated";

function EntryTitle({ entry }: { entry: ApprovalTrail["history"][number] }) {
  const { t } = useTranslation();
  const kind = entry.kind as EntryKind;
  return (
    <Text size="sm" span>
      {kind !== "escalated" && <b>{entry.actorName}</b>} {t(`approvalEntry.${kind}`)}
      {entry.standsForName && ` (${t("approval.standsFor", { name: entry.standsForName })})`}
    </Text>
  );
}
