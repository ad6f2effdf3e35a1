import { Paper, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endSession, ownSessionsQuery } from "@/api/identity";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { SessionList } from "@/parts/SessionList";
import { ChangePassword } from "./ChangePassword";
import { MailChoice } from "./MailChoice";
import { SecondFactor } from "./SecondFactor";

export function Screen() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const sessions = useQuery(ownSessionsQuery);
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: async () => {
      notifications.show({ message: t("account.ended") });
      await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
  });
  return (
    <Frame title={t("frame.account")} lead={t("account.lead")} narrow>
      <Stack gap="md">
        <ChangePassword />
        <SecondFactor />
        <MailChoice />
        <Paper withBorder p="md">
          <Title order={2} size="h5" mb="xs">
            {t("account.sessions")}
          </Title>
          <ProblemNote error={sessions.error ?? end.error} />
          {sessions.isPending && <Loading rows={3} />}
          {sessions.data && (
            <SessionList rows={sessions.data.items} label={t("account.sessions")} onEnd={end.mutate} />
          )}
        </Paper>
      </Stack>
    </Frame>
  );
}
