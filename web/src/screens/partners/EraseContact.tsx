import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { eraseContact, partnerQuery } from "@/api/partners";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";

type EraseContactProps = {
  partnerId: string;
  contact: { id: string; name: string };
  onErased: () => void;
};

/** A person who asks to be forgotten is: here, and in the history, which stays closed about them for good. */
export function EraseContact({ partnerId, contact, onErased }: EraseContactProps) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const erase = useIntent(eraseContact, {
    onSuccess: async () => {
      notifications.show({ message: t("partners.erased") });
      await queryClient.refetchQueries({ queryKey: partnerQuery(partnerId).queryKey });
      onErased();
    },
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  return (
    <ConfirmButton
      variant="subtle"
      color="gray"
      size="compact-sm"
      h={36}
      title={t("partners.eraseTitle", { name: contact.name })}
      text={t("partners.eraseText")}
      confirm={t("partners.erase")}
      danger
      onConfirm={() => erase.mutate({ id: partnerId, contactId: contact.id })}
      loading={erase.isPending}
      data-testid="erase-contact"
    >
      {t("partners.erase")}
    </ConfirmButton>
  );
}
