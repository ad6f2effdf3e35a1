import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { completeTask } from "@/api/work";

/** Marks a task as done or takes it up again, and says which. */
export function useCompletion() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useIntent(completeTask, {
    onSuccess: async ({ title, doneAt }) => {
      notifications.show({
        message: doneAt === null ? t("tasks.reopened", { title }) : t("tasks.completed", { title }),
      });
      await queryClient.invalidateQueries({ queryKey: ["tasks"] });
    },
  });
}
