import { Paper, Switch, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { chooseMail, mailChoiceQuery } from "@/api/work";
import { ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";

/** Whether the reader wants a mail about what they have not read. */
export function MailChoice() {
  const { t } = useTranslation();
  const mayUse = useMay("work.use");
  const queryClient = useQueryClient();
  const query = useQuery({ ...mailChoiceQuery, enabled: mayUse });
  const choose = useMutation({
    mutationFn: chooseMail,
    onSuccess: (choice) => {
      queryClient.setQueryData(mailChoiceQuery.queryKey, choice);
      notifications.show({ message: t(choice.digest ? "account.mailOn" : "account.mailOff") });
    },
  });
  if (!mayUse) return null;
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {t("account.mail")}
      </Title>
      <ProblemNote error={query.error ?? choose.error} />
      <Switch
        label={t("account.mailText")}
        checked={query.data?.digest ?? true}
        disabled={!query.data || choose.isPending}
        onChange={(event) => choose.mutate(event.currentTarget.checked)}
        data-testid="mail-choice"
      />
    </Paper>
  );
}
