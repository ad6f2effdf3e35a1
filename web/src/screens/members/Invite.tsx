import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { invitationsQuery, invite, rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import { useLocale } from "@/format/useFormat";
import { ProblemNote } from "@/parts/Notes";

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
      <Modal
        opened={opened}
        onClose={close}
        title={t("members.invite")}
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <form
          noValidate
          onSubmit={form.onSubmit(({ email, name, roleId }) =>
            send.mutate({ email: email.trim(), name: name.trim(), roleId, language }),
          )}
        >
          <Stack gap="sm">
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
            <ProblemNote error={roles.error ?? send.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={send.isPending} data-testid="invite-submit">
                {t("members.invite")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
