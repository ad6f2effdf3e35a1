import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeRole, createRole, rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { Role } from "@/api/types";
import { ProblemNote } from "@/parts/Notes";
import { PermissionPicker } from "@/parts/PermissionPicker";

export function EditRole({ role, onDone }: { role: Role | null; onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: role?.name ?? "", permissions: role?.permissions ?? [] },
    validate: {
      name: (value) => (value.trim() === "" ? t("common.needed") : null),
      permissions: (value) => (value.length === 0 ? t("roles.choose") : null),
    },
  });
  const onSuccess = async ({ name }: Role) => {
    notifications.show({ message: t("roles.saved", { name }) });
    onDone();
    await queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey });
  };
  const create = useIntent(createRole, { onSuccess });
  const change = useMutation({ mutationFn: changeRole, onSuccess });
  return (
    <Modal
      opened
      onClose={onDone}
      title={role ? t("roles.edit") : t("roles.new")}
      centered
      size="xl"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, permissions }) => {
          const fields = { name: name.trim(), permissions };
          if (role) change.mutate({ ...fields, roleId: role.id, version: role.version });
          else create.mutate(fields);
        })}
      >
        <Stack gap="sm">
          <TextInput
            label={t("members.name")}
            maxLength={100}
            withAsterisk
            data-autofocus
            data-testid="role-name"
            {...form.getInputProps("name")}
          />
          <PermissionPicker
            value={form.values.permissions}
            onChange={(value) => form.setFieldValue("permissions", value)}
            error={form.errors.permissions ? t("roles.choose") : null}
          />
          <ProblemNote error={create.error ?? change.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onDone}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending} data-testid="role-submit">
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
