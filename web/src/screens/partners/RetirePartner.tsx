import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { restorePartner, retirePartner } from "@/api/partners";
import type { Partner } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { useUndoNote } from "@/parts/useUndoNote";

/** Takes a partner out of use; the notification offers the way back. */
export function RetirePartner({ partner }: { partner: Partner }) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const undoNote = useUndoNote();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["partners"] });
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const restore = useIntent(restorePartner, {
    onSuccess: async ({ code }) => {
      notifications.show({ message: t("partners.restored", { code }) });
      await refresh();
    },
    onError,
  });
  const retire = useIntent(retirePartner, {
    onSuccess: async ({ id, code }) => {
      undoNote(t("partners.retiredNow", { code }), () => restore.mutate(id));
      await refresh();
    },
    onError,
  });
  if (partner.retiredAt !== null)
    return (
      <Button
        variant="default"
        onClick={() => restore.mutate(partner.id)}
        loading={restore.isPending}
        data-testid="restore"
      >
        {t("partners.restore")}
      </Button>
    );
  return (
    <ConfirmButton
      variant="default"
      title={t("partners.retireTitle", { code: partner.code })}
      text={t("partners.retireText")}
      confirm={t("partners.retire")}
      danger
      onConfirm={() => retire.mutate(partner.id)}
      loading={retire.isPending}
      data-testid="retire"
    >
      {t("partners.retire")}
    </ConfirmButton>
  );
}
