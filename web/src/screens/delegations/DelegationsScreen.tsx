import { Badge, Button, Group, Paper, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { createDelegation, delegationsQuery, peopleQuery } from "@/api/work";
import { todayIn } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { DayInput } from "@/parts/DayInput";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useSession } from "@/session/company";
import { DelegationTable } from "./DelegationTable";

/** Who decides in whose place, and for how long. */
export function Screen() {
  const { t } = useTranslation();
  const query = useQuery(delegationsQuery());
  const active = query.data?.items.filter((one) => one.active).length ?? 0;
  return (
    <Frame
      title={t("nav.delegations")}
      lead={t("delegations.lead")}
      narrow
      actions={active > 0 && <Badge color="green">{t("delegations.active")}</Badge>}
    >
      <Stack gap="md">
        <NewDelegation />
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <Paper withBorder>
          {query.isPending && <Loading rows={3} />}
          {query.data?.items.length === 0 && (
            <Empty icon="delegate" title={t("delegations.empty")} text={t("delegations.emptyText")} />
          )}
          {query.data && query.data.items.length > 0 && <DelegationTable rows={query.data.items} />}
        </Paper>
      </Stack>
    </Frame>
  );
}

function NewDelegation() {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useSession();
  const { id: companyId, timeZone } = useCompany();
  const queryClient = useQueryClient();
  const { data: people } = useQuery(peopleQuery());
  const needed = (value: string | null) => (value ? null : t("common.needed"));
  const form = useForm({
    initialValues: { delegateId: null as string | null, starts: todayIn(timeZone), ends: "", note: "" },
    validate: { delegateId: needed, starts: needed, ends: needed },
  });
  const create = useIntent(createDelegation, {
    onSuccess: async (made) => {
      const [from, to] = [format.date(made.starts), format.date(made.ends)];
      notifications.show({ message: t("delegations.created", { name: made.delegateName, from, to }) });
      form.reset();
      await queryClient.invalidateQueries({ queryKey: ["delegations"] });
    },
  });
  const others = (people?.members ?? []).filter(({ id }) => id !== user.id);
  return (
    <Paper withBorder p="md">
      <form
        noValidate
        onSubmit={form.onSubmit(({ delegateId, note, ...days }) =>
          create.mutate({ ...days, companyId, delegateId: delegateId ?? "", note: note.trim() || null }),
        )}
        data-testid="delegation-form"
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="md">
            <Select
              label={t("delegations.to")}
              withAsterisk
              searchable
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              w={220}
              {...form.getInputProps("delegateId")}
              data-testid="delegate"
            />
            <DayInput
              label={t("delegations.starts")}
              withAsterisk
              w={140}
              value={form.values.starts}
              onChange={(starts) => form.setFieldValue("starts", starts)}
              error={form.errors.starts}
              data-testid="starts"
            />
            <DayInput
              label={t("delegations.ends")}
              withAsterisk
              w={140}
              value={form.values.ends}
              onChange={(ends) => form.setFieldValue("ends", ends)}
              error={form.errors.ends}
              data-testid="ends"
            />
            <TextInput
              label={t("delegations.note")}
              maxLength={200}
              w={220}
              {...form.getInputProps("note")}
            />
            <Button
              type="submit"
              leftSection={<Icon name="delegate" size={16} />}
              loading={create.isPending}
              data-testid="submit"
            >
              {t("delegations.new")}
            </Button>
          </Group>
          <ProblemNote error={create.error} />
        </Stack>
      </form>
    </Paper>
  );
}
