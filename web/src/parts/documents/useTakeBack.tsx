import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { retractDecision } from "@/api/work";
import { useWords } from "@/i18n/useWords";
import { useUndoNote } from "@/parts/useUndoNote";

/** Takes an approval back while the document waits on; also offered in the note that says it was given. */
export function useTakeBack() {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const undoNote = useUndoNote();
  const takeBack = useIntent(retractDecision, {
    onSuccess: async () => {
      notifications.show({ message: t("approval.takenBack") });
      await Promise.all(
        ["inbox", "adjustments"].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
      );
    },
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const offer = (approvalId: string, title: string) =>
    undoNote(t("approval.approvedOn", { title }), () => takeBack.mutate(approvalId));
  return { takeBack, offer };
}
