import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { eraseMember, passwordLink, removeFactorOf, restoreMember, retireMember } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { MemberDetail } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ShownOnce } from "@/parts/ShownOnce";
import { useMay } from "@/session/company";

export function MemberActions({ member }: { member: MemberDetail }) {
  const { t } = useTranslation();
  const words = useWords();
  const mayErase = useMay("identity.member.erase");
  const queryClient = useQueryClient();
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ["members"] });
  const retire = useIntent(retireMember, { onSuccess, onError });
  const restore = useIntent(restoreMember, { onSuccess, onError });
  const link = useMutation({ mutationFn: passwordLink, onError });
  const erase = useIntent(eraseMember, {
    onSuccess: async () => {
      notifications.show({ message: t("members.erasedNow") });
      await onSuccess();
    },
    onError,
  });
  const removeFactor = useIntent(removeFactorOf, {
    onSuccess: async () => {
      notifications.show({ message: t("members.factorRemoved", { name: member.name }) });
      await onSuccess();
    },
    onError,
  });
  if (member.erasedAt !== null) return null;
  if (member.retiredAt !== null)
    return (
      <>
        {mayErase && (
          <ConfirmButton
            variant="default"
            title={t("members.eraseTitle", { name: member.name })}
            text={t("members.eraseText")}
            confirm={t("members.erase")}
            danger
            onConfirm={() => erase.mutate(member.id)}
            loading={erase.isPending}
            data-testid="erase"
          >
            {t("members.erase")}
          </ConfirmButton>
        )}
        <Button
          variant="default"
          onClick={() => restore.mutate(member.id)}
          loading={restore.isPending}
          data-testid="restore"
        >
          {t("members.restore")}
        </Button>
      </>
    );
  return (
    <>
      {member.secondFactor && (
        <ConfirmButton
          variant="default"
          title={t("members.removeFactorTitle", { name: member.name })}
          text={t("members.removeFactorText")}
          confirm={t("members.removeFactor")}
          danger
          onConfirm={() => removeFactor.mutate(member.id)}
          loading={removeFactor.isPending}
          data-testid="remove-factor"
        >
          {t("members.removeFactor")}
        </ConfirmButton>
      )}
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
