import { Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeSchedule } from "@/api/jobs";
import type { Schedule } from "@/api/types";
import { ProblemNote } from "@/parts/Notes";
import { TimeTableInput } from "@/parts/timeTable/TimeTableInput";

/** When recurring work is done, in which time zone, or that it is not done at all. */
export function EditSchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [cron, setCron] = useState(schedule.cron);
  const [timeZone, setTimeZone] = useState(schedule.timeZone);
  const [enabled, setEnabled] = useState(schedule.enabled);
  const change = useMutation({
    mutationFn: changeSchedule,
    onSuccess: async () => {
      notifications.show({ message: t("jobs.saved") });
      onClose();
      await queryClient.invalidateQueries({ queryKey: ["schedules"] });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={schedule.name}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <TimeTableInput value={cron} onChange={setCron} />
        <TextInput
          label={t("jobs.timeZone")}
          value={timeZone}
          onChange={(event) => setTimeZone(event.currentTarget.value)}
          data-testid="time-zone"
        />
        <Switch
          label={t("jobs.enabled")}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
          data-testid="enabled"
        />
        <ProblemNote error={change.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            loading={change.isPending}
            onClick={() =>
              change.mutate({ id: schedule.id, version: schedule.version, cron, timeZone, enabled })
            }
            data-testid="save-schedule"
          >
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
