import { Button, Group, Paper, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Adjustment, type AdjustmentBody, changeAdjustment, createAdjustment } from "@/api/adjustments";
import { useIntent } from "@/api/intent";
import { Problem, shortagesOf } from "@/api/problem";
import { todayIn } from "@/format/date";
import { useLocale } from "@/format/useFormat";
import { DayInput } from "@/parts/DayInput";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { useCompany } from "@/session/company";
import { DraftTable } from "./DraftTable";
import { type DraftFault, emptyLine, faultsOf, linesOf, sentLines } from "./lines";
import { OvertakenAdjustment } from "./OvertakenAdjustment";

type Sent = { document: Adjustment | null; body: AdjustmentBody };

const send = ({ document, body }: Sent, key: string) =>
  document
    ? changeAdjustment({ id: document.id, version: document.version, body })
    : createAdjustment(body, key);

type AdjustmentFormProps = { opened: Adjustment | null; like?: Adjustment; onTheirs?: () => void };

/** Written from what was opened: what others save meanwhile does not get under the fingers, saving finds it. */
export function AdjustmentForm({ opened, like, onTheirs = () => undefined }: AdjustmentFormProps) {
  const [document] = useState(opened);
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { id: companyId, timeZone } = useCompany();
  const [date, setDate] = useState(document?.date ?? todayIn(timeZone));
  const [note, setNote] = useState((document ?? like)?.note ?? "");
  const [lines, setLines] = useState(() => {
    const source = document ?? like;
    return source ? linesOf(source, locale) : [emptyLine()];
  });
  const [untouched] = useState(() => JSON.stringify([date, note, lines]));
  const [faults, setFaults] = useState<Record<string, DraftFault>>({});
  const save = useIntent(send, {
    onSuccess: async ({ id, number, state }) => {
      const message =
        state === "posted"
          ? t("adjustments.postedNow", { number })
          : state === "waiting"
            ? t("adjustments.waitingNow", { number })
            : t("adjustments.draftNow", { number });
      notifications.show({ message });
      navigate(`/adjustments/${id}`, { state: { saved: true } });
      await queryClient.invalidateQueries({ queryKey: ["adjustments"] });
    },
  });
  const submit = (asDraft: boolean) => {
    const found = faultsOf(lines, locale);
    setFaults(found);
    if (save.isPending || date === "" || Object.keys(found).length > 0) return;
    const sent = sentLines(lines, locale);
    save.mutate({
      document,
      body: { companyId, date, note: note.trim() || null, submit: !asDraft, lines: sent },
    });
  };
  const overtaken = save.error instanceof Problem && save.error.status === 412;
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
      onKeyDown={submitByKey}
      data-testid="adjustment-form"
    >
      <UnsavedGuard when={JSON.stringify([date, note, lines]) !== untouched} />
      <Stack gap="md">
        <Paper withBorder p="md">
          <Group align="flex-start" gap="md">
            <DayInput
              label={t("lines.date")}
              withAsterisk
              w={150}
              value={date}
              onChange={setDate}
              error={date === "" && t("lines.dateNeeded")}
              data-testid="date"
            />
            <TextInput
              label={t("adjustments.note")}
              placeholder={t("adjustments.noteHint")}
              maxLength={200}
              w={380}
              autoComplete="off"
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              data-testid="note"
            />
          </Group>
        </Paper>
        <DraftTable lines={lines} onChange={setLines} faults={faults} shortages={shortagesOf(save.error)} />
        {overtaken && save.variables?.document && (
          <OvertakenAdjustment
            document={save.variables.document}
            mine={save.variables.body}
            lines={lines}
            busy={save.isPending}
            onTheirs={onTheirs}
            onMine={(theirs) => save.mutate({ document: theirs, body: save.variables.body })}
          />
        )}
        {save.error && !overtaken && <ProblemNote error={save.error} />}
        <Group>
          <Button type="submit" size="md" loading={save.isPending} data-testid="submit">
            {t("adjustments.submit")}
          </Button>
          {document?.state !== "waiting" && (
            <Button
              variant="default"
              size="md"
              disabled={save.isPending}
              onClick={() => submit(true)}
              data-testid="save-draft"
            >
              {t("adjustments.saveDraft")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
