import { Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeRole, createRole, rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { Role } from "@/api/types";
import { FormDialog } from "@/parts/FormDialog";
import { PermissionPicker } from "@/parts/PermissionPicker";

export function EditRole({ role, onDone }: { role: Role | null; onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: {
      name: role?.name ?? "",
      permissions: role?.permissions ?? [],
      everything: role?.everything ?? false,
    },
    validate: {
      name: (value) => (value.trim() === "" ? t("common.needed") : null),
      permissions: (value, { everything }) => (value.length === 0 && !everything ? t("roles.choose") : null),
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
    <FormDialog
      opened
      onClose={onDone}
      title={role ? t("roles.edit") : t("roles.new")}
      size="xl"
      submit={t("common.save")}
      busy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      data-testid="role-submit"
      onSubmit={form.onSubmit(({ name, permissions, everything }) => {
        const fields = { name: name.trim(), permissions, everything };
        if (role) change.mutate({ ...fields, roleId: role.id, version: role.version });
        else create.mutate(fields);
      })}
    >
      <TextInput
        label={t("members.name")}
        maxLength={100}
        withAsterisk
        data-autofocus
        data-testid="role-name"
        {...form.getInputProps("name")}
      />
      <Checkbox
        label={t("roles.everything")}
        description={t("roles.everythingHint")}
        data-testid="role-everything"
        {...form.getInputProps("everything", { type: "checkbox" })}
      />
      {!form.values.everything && (
        <PermissionPicker
          value={form.values.permissions}
          onChange={(value) => form.setFieldValue("permissions", value)}
          error={form.errors.permissions ? t("roles.choose") : null}
        />
      )}
    </FormDialog>
  );
}
