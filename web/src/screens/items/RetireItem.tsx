import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { restoreItem, retireItem } from "@/api/catalog";
import { useIntent } from "@/api/intent";
import type { ItemDetail } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { useUndoNote } from "@/parts/useUndoNote";

/** Takes an item out of use; the notification offers the way back. */
export function RetireItem({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const undoNote = useUndoNote();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["items"] });
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const restore = useIntent(restoreItem, {
    onSuccess: async ({ code }) => {
      notifications.show({ message: t("items.restored", { code }) });
      await refresh();
    },
    onError,
  });
  const retire = useIntent(retireItem, {
    onSuccess: async ({ id, code }) => {
      undoNote(t("items.retiredNow", { code }), () => restore.mutate(id));
      await refresh();
    },
    onError,
  });
  if (item.retiredAt !== null)
    return (
      <Button
        variant="default"
        onClick={() => restore.mutate(item.id)}
        loading={restore.isPending}
        data-testid="restore"
      >
        {t("items.restore")}
      </Button>
    );
  return (
    <ConfirmButton
      variant="default"
      title={t("items.retireTitle", { code: item.code })}
      text={t("items.retireText")}
      confirm={t("items.retire")}
      danger
      onConfirm={() => retire.mutate(item.id)}
      loading={retire.isPending}
      data-testid="retire"
    >
      {t("items.retire")}
    </ConfirmButton>
  );
}
