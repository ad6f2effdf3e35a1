import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Decision, decideAdjustment } from "@/api/adjustments";
import { useIntent } from "@/api/intent";
import { useWords } from "@/i18n/useWords";

export type TitledDecision = Decision & { title: string };

/** Decides about a document where it waits, and says what followed; what is shown elsewhere is loaded again. */
export function useDecision(onDone?: (waitsOn: boolean, decided: TitledDecision) => void) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all(
      ["inbox", "adjustments", "notifications"].map((topic) =>
        queryClient.invalidateQueries({ queryKey: [topic] }),
      ),
    );
  return useIntent(
    ({ title: _, ...decision }: TitledDecision, key: string) => decideAdjustment(decision, key),
    {
      onSuccess: async (document, decided) => {
        const waitsOn = document.state === "waiting";
        const { title } = decided;
        if (decided.decision === "reject")
          notifications.show({ message: t("approval.rejectedNow", { title }) });
        else if (!waitsOn) notifications.show({ message: t("approval.approvedNow", { title }) });
        onDone?.(waitsOn, decided);
        await refresh();
      },
      onError: async (error) => {
        notifications.show({ color: "red", message: words.problem(error), autoClose: 8000 });
        await refresh();
      },
    },
  );
}
