import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { createDevice, sitesQuery } from "@/api/access";
import { rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import { FormDialog } from "@/parts/FormDialog";
import { Icon } from "@/parts/icons";

export function NewDevice() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const sites = useQuery({ ...sitesQuery, enabled: opened });
  const roles = useQuery({ ...rolesQuery, enabled: opened });
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({
    initialValues: { name: "", siteId: "", roleId: "" },
    validate: { name: needed, siteId: needed, roleId: needed },
  });
  const create = useIntent(createDevice, {
    onSuccess: async () => {
      form.reset();
      close();
      await queryClient.invalidateQueries({ queryKey: ["devices"] });
    },
  });
  return (
    <>
      <Button leftSection={<Icon name="plus" size={16} />} onClick={open} data-testid="new-device">
        {t("devices.new")}
      </Button>
      <FormDialog
        title={t("devices.new")}
        opened={opened}
        onClose={close}
        onSubmit={form.onSubmit(({ name, siteId, roleId }) =>
          create.mutate({ name: name.trim(), siteId, roleId }),
        )}
        error={sites.error ?? roles.error ?? create.error}
        submit={t("common.create")}
        busy={create.isPending}
        data-testid="device-submit"
      >
        <TextInput
          label={t("members.name")}
          maxLength={100}
          withAsterisk
          data-autofocus
          data-testid="device-name"
          {...form.getInputProps("name")}
        />
        <Select
          label={t("devices.site")}
          data={(sites.data ?? []).map(({ id, code, name }) => ({
            value: id,
            label: `${code} · ${name}`,
          }))}
          withAsterisk
          data-testid="device-site"
          {...form.getInputProps("siteId")}
        />
        <Select
          label={t("devices.role")}
          data={(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          withAsterisk
          data-testid="device-role"
          {...form.getInputProps("roleId")}
        />
      </FormDialog>
    </>
  );
}
