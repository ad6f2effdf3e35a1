import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { retractDecision } from "@/api/work";
import { useWords } from "@/i18n/useWords";

/** Takes an approval back while the document waits on; also offered in the note that says it was given. */
export function useTakeBack() {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const takeBack = useIntent(retractDecision, {
    onSuccess: async () => {
      notifications.show({ message: t("approval.takenBack") });
      await Promise.all(
        ["inbox", "adjustments"].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
      );
    },
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const offer = (approvalId: string, title: string) => {
    const id = `approved-${approvalId}`;
    const undo = () => {
      notifications.hide(id);
      takeBack.mutate(approvalId);
    };
    notifications.show({
      id,
      autoClose: 12_000,
      message: (
        <Group justify="space-between" wrap="nowrap">
          {t("approval.approvedOn", { title })}
          <Button size="compact-xs" variant="default" onClick={undo} data-testid="undo">
            {t("common.undo")}
          </Button>
        </Group>
      ),
    });
  };
  return { takeBack, offer };
}
