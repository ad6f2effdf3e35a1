import {
  Anchor,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDocumentTitle } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { becomeSomebodyElse, sessionQuery, signIn } from "@/api/session";
import { useLocale } from "@/format/useFormat";
import { changeLanguage } from "@/i18n";
import { ProblemNote } from "@/parts/Notes";

export function Screen() {
  const { t } = useTranslation();
  const locale = useLocale();
  useDocumentTitle(`${t("signIn.title")} · Millrace`);
  const [params] = useSearchParams();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: (fresh) => becomeSomebodyElse(queryClient, fresh),
  });
  const form = useForm({
    initialValues: { email: params.get("email") ?? "", password: "" },
    validate: {
      email: (value) => (value.trim() === "" ? t("signIn.emailNeeded") : null),
      password: (value) => (value === "" ? t("signIn.passwordNeeded") : null),
    },
  });
  const tenant = Number(params.get("tenant"));
  if (session) return <Navigate to={safePath(params.get("next"))} replace />;

  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w={380} gap="md">
        <Group gap="sm" justify="center">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <Title order={1} size="h2">
            Millrace
          </Title>
        </Group>
        <Paper withBorder p="lg" component="section" aria-label={t("signIn.title")}>
          <form
            noValidate
            onSubmit={form.onSubmit(({ email, password }) =>
              enter.mutate({ email: email.trim(), password, tenantId: tenant > 0 ? tenant : null }),
            )}
          >
            <Stack gap="sm">
              <Text c="dimmed" size="sm">
                {t("signIn.lead")}
              </Text>
              <TextInput
                label={t("signIn.email")}
                type="email"
                autoComplete="username"
                autoFocus
                data-testid="email"
                {...form.getInputProps("email")}
              />
              <PasswordInput
                label={t("signIn.password")}
                autoComplete="current-password"
                data-testid="password"
                visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
                {...form.getInputProps("password")}
              />
              {enter.error && <ProblemNote error={enter.error} />}
              <Button type="submit" loading={enter.isPending} fullWidth mt={4} data-testid="sign-in">
                {t("signIn.submit")}
              </Button>
            </Stack>
          </form>
        </Paper>
        <Group justify="center" gap="lg">
          {(["en", "tr"] as const).map((language) => (
            <Anchor
              key={language}
              component="button"
              type="button"
              size="sm"
              lang={language}
              fw={language === locale ? 700 : 400}
              aria-pressed={language === locale}
              onClick={() => void changeLanguage(language)}
              data-testid={`language-${language}`}
            >
              {language === "en" ? "English" : "Türkçe"}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Center>
  );
}

/** Only paths of this application are followed after signing in. */
function safePath(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}
