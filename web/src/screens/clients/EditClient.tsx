import { Checkbox, Group, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ClientFields, changeClient, createClient } from "@/api/access";
import { useIntent } from "@/api/intent";
import type { ApiClient } from "@/api/types";
import { FormDialog } from "@/parts/FormDialog";
import { PermissionPicker } from "@/parts/PermissionPicker";

type Values = {
  name: string;
  permissions: string[];
  redirects: string;
  isPublic: boolean;
  rate: number | string;
};

export function EditClient({ client, onDone }: { client: ApiClient | null; onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm<Values>({
    initialValues: {
      name: client?.name ?? "",
      permissions: client?.permissions ?? [],
      redirects: client?.redirectUris.join("\n") ?? "",
      isPublic: client?.isPublic ?? false,
      rate: client?.requestsPerMinute ?? "",
    },
    validate: {
      name: (value) => (value.trim() === "" ? t("common.needed") : null),
      permissions: (value) => (value.length === 0 ? t("roles.choose") : null),
    },
  });
  const onSuccess = async ({ name }: ApiClient) => {
    notifications.show({ message: t("clients.saved", { name }) });
    onDone();
    await queryClient.invalidateQueries({ queryKey: ["clients"] });
  };
  const create = useIntent(createClient, { onSuccess });
  const change = useMutation({ mutationFn: changeClient, onSuccess });
  return (
    <FormDialog
      opened
      onClose={onDone}
      title={client ? t("clients.edit") : t("clients.new")}
      size="xl"
      submit={t("common.save")}
      busy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      data-testid="client-submit"
      onSubmit={form.onSubmit((values) => {
        if (client) change.mutate({ ...fieldsOf(values), clientId: client.id, version: client.version });
        else create.mutate(fieldsOf(values));
      })}
    >
      <Group grow align="flex-start">
        <TextInput
          label={t("members.name")}
          maxLength={100}
          withAsterisk
          data-autofocus
          data-testid="client-name"
          {...form.getInputProps("name")}
        />
        <NumberInput
          label={t("clients.rate")}
          placeholder={t("clients.rateHint")}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          data-testid="client-rate"
          {...form.getInputProps("rate")}
        />
      </Group>
      <PermissionPicker
        value={form.values.permissions}
        onChange={(value) => form.setFieldValue("permissions", value)}
        error={form.errors.permissions ? t("roles.choose") : null}
      />
      <Textarea
        label={t("clients.redirects")}
        description={t("clients.redirectsHint")}
        autosize
        minRows={1}
        data-testid="client-redirects"
        {...form.getInputProps("redirects")}
      />
      <Checkbox
        label={t("clients.public")}
        data-testid="client-public"
        {...form.getInputProps("isPublic", { type: "checkbox" })}
      />
    </FormDialog>
  );
}

function fieldsOf({ name, permissions, redirects, isPublic, rate }: Values): ClientFields {
  return {
    name: name.trim(),
    permissions,
    redirectUris: redirects.split(/\s+/).filter((line) => line !== ""),
    isPublic,
    requestsPerMinute: typeof rate === "number" ? rate : null,
  };
}
