import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { acceptInvitation } from "@/api/identity";
import { Door } from "./Door";
import { PasswordForm } from "./PasswordForm";

export function Screen() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const accept = useMutation({ mutationFn: acceptInvitation });
  if (accept.data)
    return (
      <Door title={t("welcome.invitation")}>
        <Text data-testid="joined">{t("welcome.joined", { email: accept.data.email })}</Text>
      </Door>
    );
  return (
    <Door
      title={t("welcome.invitation")}
      lead={token === "" ? t("welcome.noLink") : t("welcome.invitationLead")}
    >
      {token !== "" && (
        <PasswordForm
          submit={t("welcome.accept")}
          error={accept.error}
          pending={accept.isPending}
          onSubmit={(password) => accept.mutate({ token, password })}
        />
      )}
    </Door>
  );
}
