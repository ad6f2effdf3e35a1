import { Button, Group, Paper, PasswordInput, Stack, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changePassword, ownSessionsQuery } from "@/api/identity";
import { ProblemNote } from "@/parts/Notes";

export function ChangePassword() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { current: "", password: "" },
    validate: {
      current: (value) => (value === "" ? t("common.needed") : null),
      password: (value) => (value.length < 10 ? t("account.nextHint") : null),
    },
  });
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      notifications.show({ message: t("account.changed") });
      form.reset();
      await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
  });
  const eye = { "aria-label": t("signIn.showPassword") };
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {t("account.password")}
      </Title>
      <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack gap="sm">
          <Group gap="sm" grow align="flex-start">
            <PasswordInput
              label={t("account.current")}
              autoComplete="current-password"
              visibilityToggleButtonProps={eye}
              data-testid="current"
              {...form.getInputProps("current")}
            />
            <PasswordInput
              label={t("account.next")}
              autoComplete="new-password"
              visibilityToggleButtonProps={eye}
              data-testid="next"
              {...form.getInputProps("password")}
            />
          </Group>
          <ProblemNote error={change.error} />
          <Group>
            <Button type="submit" loading={change.isPending} data-testid="change-password">
              {t("account.change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
