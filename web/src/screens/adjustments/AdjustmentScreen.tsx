import { Box, Button, Group, Paper, Stack, Stepper, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import {
  type Adjustment,
  adjustmentQuery,
  adjustmentType,
  submitAdjustment,
  withdrawAdjustment,
} from "@/api/adjustments";
import { useIntent } from "@/api/intent";
import { Problem } from "@/api/problem";
import { useFormat } from "@/format/useFormat";
import { NotFound } from "@/frame/NotFound";
import { Attachments } from "@/parts/attachments/Attachments";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { CopyButton } from "@/parts/CopyButton";
import { ApprovalPanel } from "@/parts/documents/ApprovalPanel";
import { Chain } from "@/parts/documents/Chain";
import { CommentThread } from "@/parts/documents/CommentThread";
import { TasksOfDocument } from "@/parts/documents/TasksOfDocument";
import { OwnFields } from "@/parts/fields/OwnFields";
import { History } from "@/parts/History";
import { Later } from "@/parts/Later";
import { Loading, ProblemNote } from "@/parts/Notes";
import { PrintButton } from "@/parts/PrintButton";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { AdjustmentLines } from "./AdjustmentLines";
import { StateBadge } from "./StateBadge";

const rowsOfAdjustment = ["inventory.adjustment", "inventory.adjustment_line"];

/** One correction of the stock: how it stands, what comes next, who approves and what is said about it. */
export function Screen() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const query = useQuery(adjustmentQuery(useCompany().id, id));
  const mayUse = useMay("work.use");
  const mayAdjust = useMay("inventory.adjust");
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  const document = query.data;
  return (
    <Frame
      title={document?.number ?? t("nav.adjustments")}
      lead={document?.note}
      narrow
      actions={document && <Actions document={document} />}
    >
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isPending && (
        <Paper withBorder>
          <Loading rows={5} />
        </Paper>
      )}
      {document && (
        <Stack gap="md">
          <Head document={document} />
          <AdjustmentLines lines={document.lines} />
          {document.approval && (
            <ApprovalPanel title={document.number} documentId={document.id} approval={document.approval} />
          )}
          <Later>
            <OwnFields documentType={adjustmentType} documentId={document.id} mayWrite={mayAdjust} />
            <Attachments documentType={adjustmentType} documentId={document.id} />
            <TasksOfDocument documentType={adjustmentType} documentId={document.id} title={document.number} />
            {mayUse && <CommentThread documentType={adjustmentType} documentId={document.id} />}
            <History entities={rowsOfAdjustment} of={document.id} withFiles />
          </Later>
        </Stack>
      )}
    </Frame>
  );
}

function Head({ document }: { document: Adjustment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps = ["draft", "waiting", "posted"] as const;
  const at = { draft: 0, waiting: 1, posted: 3, rejected: 1, withdrawn: 1 }[document.state] ?? 0;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="xl">
        <Group gap="xl">
          <Fact label={t("lines.date")}>{format.date(document.date)}</Fact>
          <Fact label={t("adjustments.amount")}>
            {format.money(document.amount)} {document.currency}
          </Fact>
          <Fact label={t("adjustments.created")}>{format.instant(document.createdAt)}</Fact>
        </Group>
        {document.state === "rejected" || document.state === "withdrawn" ? (
          <StateBadge state={document.state} />
        ) : (
          <Stepper active={at} size="xs" iconSize={22} data-testid="status" data-state={document.state}>
            {steps.map((step) => (
              <Stepper.Step key={step} label={t(`adjustmentState.${step}`)} />
            ))}
          </Stepper>
        )}
      </Group>
      {document.state === "posted" && (
        <Box mt="sm">
          <Chain number={document.number} adjustment />
        </Box>
      )}
    </Paper>
  );
}

function Actions({ document }: { document: Adjustment }) {
  const { t } = useTranslation();
  const mayAdjust = useMay("inventory.adjust");
  const queryClient = useQueryClient();
  const { number, state } = document;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["adjustments"] });
  const submit = useIntent(submitAdjustment, {
    onSuccess: async (after) => {
      notifications.show({
        message:
          after.state === "posted"
            ? t("adjustments.postedNow", { number })
            : t("adjustments.waitingNow", { number }),
      });
      await refresh();
    },
  });
  const withdraw = useIntent(withdrawAdjustment, {
    onSuccess: async () => {
      notifications.show({ message: t("adjustments.withdrawnNow", { number }) });
      await refresh();
    },
  });
  const print = <PrintButton href={`/api/v1/stock-adjustments/${document.id}/pdf`} />;
  if (!mayAdjust) return print;
  const copy = (
    <>
      {print}
      <CopyButton to="/adjustments/new" id={document.id} />
    </>
  );
  if (state === "posted") return copy;
  const error = submit.error ?? withdraw.error;
  return (
    <>
      {error && <ProblemNote error={error} />}
      {copy}
      {state === "waiting" && document.approval?.mayWithdraw && (
        <ConfirmButton
          variant="default"
          title={t("adjustments.withdrawTitle", { number })}
          text={t("adjustments.withdrawText")}
          confirm={t("adjustments.withdraw")}
          onConfirm={() => withdraw.mutate(document.id)}
          loading={withdraw.isPending}
          data-testid="withdraw"
        >
          {t("adjustments.withdraw")}
        </ConfirmButton>
      )}
      <Button component={Link} to={`/adjustments/${document.id}/edit`} variant="default" data-testid="edit">
        {t("adjustments.edit")}
      </Button>
      {state !== "waiting" && (
        <Button onClick={() => submit.mutate(document.id)} loading={submit.isPending} data-testid="submit">
          {t("adjustments.submit")}
        </Button>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" fw={500}>
        {children}
      </Text>
    </div>
  );
}
