import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { invitationsQuery, invite, rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import { useLocale } from "@/format/useFormat";
import { FormDialog } from "@/parts/FormDialog";

export function Invite() {
  const { t } = useTranslation();
  const language = useLocale();
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const roles = useQuery({ ...rolesQuery, enabled: opened });
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({
    initialValues: { email: "", name: "", roleId: "" },
    validate: { email: needed, name: needed, roleId: needed },
  });
  const send = useIntent(invite, {
    onSuccess: async ({ name }) => {
      notifications.show({ message: t("members.invited", { name }) });
      form.reset();
      close();
      await queryClient.invalidateQueries({ queryKey: invitationsQuery().queryKey });
    },
  });
  return (
    <>
      <Button onClick={open} data-testid="invite">
        {t("members.invite")}
      </Button>
      <FormDialog
        title={t("members.invite")}
        opened={opened}
        onClose={close}
        onSubmit={form.onSubmit(({ email, name, roleId }) =>
          send.mutate({ email: email.trim(), name: name.trim(), roleId, language }),
        )}
        error={roles.error ?? send.error}
        submit={t("members.invite")}
        busy={send.isPending}
        data-testid="invite-submit"
      >
        <TextInput
          label={t("members.email")}
          type="email"
          withAsterisk
          data-autofocus
          data-testid="invite-email"
          {...form.getInputProps("email")}
        />
        <TextInput
          label={t("members.name")}
          maxLength={100}
          withAsterisk
          data-testid="invite-name"
          {...form.getInputProps("name")}
        />
        <Select
          label={t("members.role")}
          data={(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          withAsterisk
          data-testid="invite-role"
          {...form.getInputProps("roleId")}
        />
      </FormDialog>
    </>
  );
}
