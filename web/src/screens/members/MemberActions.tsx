import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { passwordLink, restoreMember, retireMember } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { MemberDetail } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ShownOnce } from "@/parts/ShownOnce";

export function MemberActions({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ["members"] });
  const retire = useIntent(retireMember, { onSuccess, onError });
  const restore = useIntent(restoreMember, { onSuccess, onError });
  const link = useMutation({ mutationFn: passwordLink, onError });
  if (member.retiredAt !== null)
    return (
      <Button
        variant="default"
        onClick={() => restore.mutate(member.id)}
        loading={restore.isPending}
        data-testid="restore"
      >
        {t("members.restore")}
      </Button>
    );
  return (
    <>
      <Button
        variant="default"
        onClick={() => link.mutate(member.id)}
        loading={link.isPending}
        data-testid="password-link"
      >
        {t("members.passwordLink")}
      </Button>
      <ConfirmButton
        variant="default"
        title={t("members.retireTitle", { name: member.name })}
        text={t("members.retireText")}
        confirm={t("members.retire")}
        danger
        onConfirm={() => retire.mutate(member.id)}
        loading={retire.isPending}
        data-testid="retire"
      >
        {t("members.retire")}
      </ConfirmButton>
      {link.data && (
        <ShownOnce
          title={t("members.linkTitle")}
          text={t("members.linkText", { name: member.name })}
          secret={link.data.url}
          onClose={() => link.reset()}
        />
      )}
    </>
  );
}
