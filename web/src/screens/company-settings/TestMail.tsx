import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sendTestMail } from "@/api/company";
import { useIntent } from "@/api/intent";
import { ProblemNote } from "@/parts/Notes";
import { useCompany } from "@/session/company";

/** A mail to try the saved settings; what becomes of it is told in the list of mails. */
export function TestMail() {
  const { t, i18n } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { to: "" },
    validate: { to: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t("mails.addressNeeded")) },
  });
  const send = useIntent(sendTestMail, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["mails"] }),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ to }) =>
        send.mutate({ companyId, to: to.trim(), language: i18n.language === "tr" ? "tr" : "en" }),
      )}
    >
      <Paper withBorder p="md">
        <Stack gap="sm">
          <Title order={2} size="h5">
            {t("companySettings.test")}
          </Title>
          <Group align="flex-start" gap="sm">
            <TextInput
              aria-label={t("mails.to")}
              placeholder={t("mails.to")}
              type="email"
              w={300}
              {...form.getInputProps("to")}
              data-testid="test-to"
            />
            <Button type="submit" variant="default" loading={send.isPending} data-testid="send-test">
              {t("companySettings.sendTest")}
            </Button>
          </Group>
          <ProblemNote error={send.error} />
          {send.isSuccess && (
            <Text size="sm" data-testid="test-sent">
              {t("companySettings.testSent")}{" "}
              <Anchor component={Link} to="/mails" size="sm">
                {t("nav.mails")}
              </Anchor>
            </Text>
          )}
        </Stack>
      </Paper>
    </form>
  );
}
