import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { endMemberSession, memberQuery, memberSessionsQuery, unlockMember } from "@/api/identity";
import { useIntent } from "@/api/intent";
import { History } from "@/parts/History";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { SessionList } from "@/parts/SessionList";
import { useMay } from "@/session/company";
import { MemberActions } from "./MemberActions";
import { MemberRoles } from "./MemberRoles";

const rowsOfMember = ["identity.member", "identity.member_role"];

export function Screen() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const mayWrite = useMay("identity.member.write");
  const queryClient = useQueryClient();
  const member = useQuery(memberQuery(id));
  const sessions = useQuery(memberSessionsQuery(id));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["members"] });
  const unlock = useIntent(unlockMember, {
    onSuccess: async ({ name }) => {
      notifications.show({ message: t("members.unlocked", { name }) });
      await refresh();
    },
  });
  const end = useMutation({
    mutationFn: endMemberSession,
    onSuccess: async () => {
      notifications.show({ message: t("account.ended") });
      await refresh();
    },
  });
  if (member.isPending)
    return (
      <Frame title={t("nav.members")} narrow>
        <Loading />
      </Frame>
    );
  if (!member.data)
    return (
      <Frame title={t("nav.members")} narrow>
        <ProblemNote error={member.error} onRetry={member.refetch} />
      </Frame>
    );
  const { name, email, retiredAt, erasedAt, secondFactor, lockedMinutes } = member.data;
  return (
    <Frame
      title={name}
      lead={erasedAt === null ? email : undefined}
      actions={mayWrite && <MemberActions member={member.data} />}
      narrow
    >
      <Stack gap="md">
        <Group gap="xs">
          {retiredAt !== null && (
            <Badge color="gray">{t(erasedAt === null ? "members.retired" : "members.erased")}</Badge>
          )}
          <Badge color={secondFactor ? "green" : "gray"} variant="light">
            {secondFactor ? t("members.factorOn") : t("members.factorOff")}
          </Badge>
        </Group>
        {lockedMinutes !== null && (
          <Alert color="yellow" data-testid="locked">
            <Group justify="space-between">
              <Text size="sm">{t("members.locked", { minutes: lockedMinutes })}</Text>
              {mayWrite && (
                <Button
                  size="xs"
                  onClick={() => unlock.mutate(id)}
                  loading={unlock.isPending}
                  data-testid="unlock"
                >
                  {t("members.unlock")}
                </Button>
              )}
            </Group>
          </Alert>
        )}
        <ProblemNote error={unlock.error ?? end.error ?? sessions.error} />
        <MemberRoles key={member.data.roles.map((role) => role.id).join()} member={member.data} />
        <Paper withBorder p="md">
          <Title order={2} size="h5" mb="xs">
            {t("members.sessions")}
          </Title>
          {sessions.data?.items.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("members.noSessions")}
            </Text>
          )}
          {sessions.data && sessions.data.items.length > 0 && (
            <SessionList
              rows={sessions.data.items}
              label={t("members.sessions")}
              onEnd={mayWrite ? (sessionId) => end.mutate({ memberId: id, id: sessionId }) : undefined}
            />
          )}
        </Paper>
        <History entities={rowsOfMember} of={id} />
      </Stack>
    </Frame>
  );
}
