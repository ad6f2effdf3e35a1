import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { setNewPassword } from "@/api/identity";
import { Door } from "./Door";
import { PasswordForm } from "./PasswordForm";

export function Screen() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const set = useMutation({ mutationFn: setNewPassword });
  if (set.isSuccess)
    return (
      <Door title={t("welcome.newPassword")}>
        <Text data-testid="password-set">{t("welcome.passwordSet")}</Text>
      </Door>
    );
  return (
    <Door
      title={t("welcome.newPassword")}
      lead={token === "" ? t("welcome.noLink") : t("welcome.newPasswordLead")}
    >
      {token !== "" && (
        <PasswordForm
          submit={t("welcome.setPassword")}
          error={set.error}
          pending={set.isPending}
          onSubmit={(password) => set.mutate({ token, password })}
        />
      )}
    </Door>
  );
}
