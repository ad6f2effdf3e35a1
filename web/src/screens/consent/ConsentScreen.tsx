import { Button, Group, List, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type Authorization, authorizationQuery, authorize, permissionsQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import { useWords } from "@/i18n/useWords";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";

/** Another program asks to act for the person at the screen. */
export function Screen() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const asked = requestIn(params);
  return (
    <Frame title={t("consent.title")} narrow>
      {asked ? <Question asked={asked} /> : <Empty icon="lock" title={t("consent.incomplete")} />}
    </Frame>
  );
}

function Question({ asked }: { asked: Authorization }) {
  const { t } = useTranslation();
  const words = useWords();
  const { clientId, redirectUri, scope } = asked;
  const request = useQuery(authorizationQuery({ clientId, redirectUri, scope }));
  const declared = useQuery({ ...permissionsQuery, enabled: useMay("identity.member.read") });
  const [denied, setDenied] = useState(false);
  const allow = useIntent(authorize, { onSuccess: ({ redirectTo }) => window.location.assign(redirectTo) });
  const sentence = (name: string) =>
    words.permission(name, declared.data?.items.find((one) => one.name === name)?.sentence ?? name);
  if (denied) return <Empty icon="lock" title={t("consent.denied")} />;
  return (
    <Paper withBorder p="md" maw={560}>
      <ProblemNote error={request.error ?? allow.error} />
      {request.isPending && <Loading rows={3} />}
      {request.data && (
        <Stack gap="sm">
          <Text fw={600} data-testid="asks">
            {t("consent.asks", { client: request.data.client })}
          </Text>
          <List size="sm">
            {request.data.openId && <List.Item>{t("consent.openId")}</List.Item>}
            {request.data.permissions.map((name) => (
              <List.Item key={name}>{sentence(name)}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            {t("consent.within")}
          </Text>
          <Group gap="xs">
            <Button onClick={() => allow.mutate(asked)} loading={allow.isPending} data-testid="allow">
              {t("consent.allow")}
            </Button>
            <Button variant="default" onClick={() => setDenied(true)} data-testid="deny">
              {t("consent.deny")}
            </Button>
          </Group>
        </Stack>
      )}
    </Paper>
  );
}

function requestIn(params: URLSearchParams): Authorization | null {
  const text = (name: string) => params.get(name) ?? "";
  const asked = {
    clientId: text("client_id"),
    redirectUri: text("redirect_uri"),
    scope: text("scope"),
    codeChallenge: text("code_challenge"),
    codeChallengeMethod: text("code_challenge_method"),
  };
  if (text("response_type") !== "code" || Object.values(asked).includes("")) return null;
  return { ...asked, state: params.get("state"), nonce: params.get("nonce") };
}
