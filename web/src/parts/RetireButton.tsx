import { Anchor, Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "./ConfirmButton";

type Retirable = { id: string; code: string; retiredAt: string | null };

type RetireButtonProps = {
  of: Retirable;
  /** What is read anew afterwards. */
  topic: string;
  retire: (id: string, key: string) => Promise<Retirable>;
  restore: (id: string, key: string) => Promise<Retirable>;
};

/** Takes master data out of use, or brings it back; the notification offers the way back. */
export function RetireButton({ of, topic, retire: takeAway, restore: bringBack }: RetireButtonProps) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: [topic] });
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const restore = useIntent(bringBack, {
    onSuccess: async ({ code }) => {
      notifications.show({ message: t("retire.restored", { code }) });
      await refresh();
    },
    onError,
  });
  const retire = useIntent(takeAway, {
    onSuccess: async ({ id, code }) => {
      const shown = notifications.show({
        autoClose: 10_000,
        message: (
          <Group gap="xs">
            {t("retire.retiredNow", { code })}
            <Anchor
              component="button"
              type="button"
              size="sm"
              fw={600}
              onClick={() => {
                notifications.hide(shown);
                restore.mutate(id);
              }}
              data-testid="undo"
            >
              {t("common.undo")}
            </Anchor>
          </Group>
        ),
      });
      await refresh();
    },
    onError,
  });
  if (of.retiredAt !== null)
    return (
      <Button
        variant="default"
        onClick={() => restore.mutate(of.id)}
        loading={restore.isPending}
        data-testid="restore"
      >
        {t("retire.restore")}
      </Button>
    );
  return (
    <ConfirmButton
      variant="default"
      title={t("retire.retireTitle", { code: of.code })}
      text={t("retire.retireText")}
      confirm={t("retire.retire")}
      danger
      onConfirm={() => retire.mutate(of.id)}
      loading={retire.isPending}
      data-testid="retire"
    >
      {t("retire.retire")}
    </ConfirmButton>
  );
}
