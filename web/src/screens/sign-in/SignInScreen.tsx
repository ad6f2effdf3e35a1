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
import { Link, Navigate, useSearchParams } from "react-router";
import { signInOptionsQuery } from "@/api/identity";
import { isProblem } from "@/api/problem";
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
    initialValues: { email: params.get("email") ?? "", password: "", code: "" },
    validate: {
      email: (value) => (value.trim() === "" ? t("signIn.emailNeeded") : null),
      password: (value) => (value === "" ? t("signIn.passwordNeeded") : null),
    },
  });
  const tenant = Number(params.get("tenant"));
  const external = params.get("external");
  const { data: options } = useQuery(signInOptionsQuery);
  const asksCode =
    isProblem(enter.error, "sign_in.code_needed") || isProblem(enter.error, "sign_in.code_wrong");
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
            onSubmit={form.onSubmit(({ email, password, code }) =>
              enter.mutate({
                email: email.trim(),
                password,
                tenantId: tenant > 0 ? tenant : null,
                code: code.trim() === "" ? null : code.trim(),
              }),
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
              {asksCode && (
                <TextInput
                  label={t("signIn.code")}
                  description={t("signIn.codeHint")}
                  autoComplete="one-time-code"
                  inputMode="text"
                  autoFocus
                  data-testid="code"
                  {...form.getInputProps("code")}
                />
              )}
              {enter.error && <ProblemNote error={enter.error} />}
              {!enter.error && external === "unknown" && (
                <Text size="sm" c="red">
                  {t("signIn.externalUnknown")}
                </Text>
              )}
              {!enter.error && external === "refused" && (
                <Text size="sm" c="red">
                  {t("signIn.externalRefused")}
                </Text>
              )}
              <Button type="submit" loading={enter.isPending} fullWidth mt={4} data-testid="sign-in">
                {t("signIn.submit")}
              </Button>
              {options?.externalName && (
                <Button
                  component="a"
                  href={`/oauth/external?next=${encodeURIComponent(safePath(params.get("next")))}`}
                  variant="default"
                  fullWidth
                  data-testid="sign-in-external"
                >
                  {t("signIn.external", { name: options.externalName })}
                </Button>
              )}
              <Anchor component={Link} to="/forgot-password" size="sm" ta="center" data-testid="forgot">
                {t("signIn.forgot")}
              </Anchor>
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
