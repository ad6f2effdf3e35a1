import { Anchor, Center, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** A page before the sign-in: a title, a sentence, a form. */
export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · Millrace`);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w={380} gap="md">
        <Group gap="sm" justify="center">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <Title order={1} size="h2">
            {title}
          </Title>
        </Group>
        <Paper withBorder p="lg" component="section" aria-label={title}>
          <Stack gap="sm">
            {lead && (
              <Text c="dimmed" size="sm">
                {lead}
              </Text>
            )}
            {children}
          </Stack>
        </Paper>
        <Anchor component={Link} to="/sign-in" size="sm" ta="center">
          {t("welcome.toSignIn")}
        </Anchor>
      </Stack>
    </Center>
  );
}
