import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "@/parts/Notes";

type PasswordFormProps = {
  submit: string;
  error: unknown;
  pending: boolean;
  onSubmit: (password: string) => void;
};

export function PasswordForm({ submit, error, pending, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => (value.length < 10 ? t("account.nextHint") : null) },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ password }) => onSubmit(password))}>
      <Stack gap="sm">
        <PasswordInput
          label={t("signIn.password")}
          autoComplete="new-password"
          autoFocus
          data-testid="password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("password")}
        />
        <ProblemNote error={error} />
        <Button type="submit" loading={pending} fullWidth data-testid="submit">
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
