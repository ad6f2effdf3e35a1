import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { askForLink } from "@/api/identity";
import { useLocale } from "@/format/useFormat";
import { ProblemNote } from "@/parts/Notes";
import { Door } from "./Door";

export function Screen() {
  const { t } = useTranslation();
  const language = useLocale();
  const ask = useMutation({ mutationFn: askForLink });
  const form = useForm({
    initialValues: { email: "" },
    validate: { email: (value) => (value.trim() === "" ? t("signIn.emailNeeded") : null) },
  });
  if (ask.isSuccess)
    return (
      <Door title={t("welcome.forgot")}>
        <Text data-testid="sent">{t("welcome.sent")}</Text>
      </Door>
    );
  return (
    <Door title={t("welcome.forgot")} lead={t("welcome.forgotLead")}>
      <form noValidate onSubmit={form.onSubmit(({ email }) => ask.mutate({ email: email.trim(), language }))}>
        <Stack gap="sm">
          <TextInput
            label={t("signIn.email")}
            type="email"
            autoComplete="username"
            autoFocus
            data-testid="email"
            {...form.getInputProps("email")}
          />
          <ProblemNote error={ask.error} />
          <Button type="submit" loading={ask.isPending} fullWidth data-testid="submit">
            {t("welcome.send")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
