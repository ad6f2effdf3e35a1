import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { retireItem } from "@/api/catalog";
import { newKey } from "@/api/intent";
import { useWords } from "@/i18n/useWords";

type RetireManyProps = { items: readonly string[]; onDone: () => void };

/** Takes the chosen items out of use, one after the other; what became of each is said. */
export function RetireMany({ items, onDone }: RetireManyProps) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const retire = useMutation({
    mutationFn: async () => {
      const failed: string[] = [];
      for (const id of items)
        await retireItem(id, newKey()).catch((error: unknown) => failed.push(words.problem(error)));
      return failed;
    },
    onSuccess: async (failed) => {
      const count = items.length - failed.length;
      notifications.show({ message: t("items.retiredMany", { count }) });
      for (const message of failed) notifications.show({ color: "red", message });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
      onDone();
    },
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => retire.mutate()}
      loading={retire.isPending}
      data-testid="retire-many"
    >
      {t("items.retire")}
    </Button>
  );
}
