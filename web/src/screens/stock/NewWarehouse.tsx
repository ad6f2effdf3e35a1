import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { createWarehouse } from "@/api/inventory";
import { ProblemNote } from "@/parts/Notes";
import { useCompany, useMay } from "@/session/company";

export function NewWarehouse() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({ initialValues: { code: "", name: "" }, validate: { code: needed, name: needed } });
  const create = useIntent(createWarehouse, {
    onSuccess: async ({ code }) => {
      await queryClient.invalidateQueries({ queryKey: ["warehouses"] });
      notifications.show({ message: t("warehouse.created", { code }) });
      form.reset();
      close();
    },
  });
  if (!useMay("inventory.warehouse.write")) return null;
  return (
    <>
      <Button variant="default" onClick={open} data-testid="new-warehouse">
        {t("warehouse.new")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("warehouse.new")}
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <form
          noValidate
          onSubmit={form.onSubmit(({ code, name }) =>
            create.mutate({ companyId, code: code.trim(), name: name.trim() }),
          )}
        >
          <Stack gap="sm">
            <TextInput
              label={t("items.code")}
              maxLength={30}
              withAsterisk
              data-autofocus
              data-testid="warehouse-code"
              {...form.getInputProps("code")}
            />
            <TextInput
              label={t("items.name")}
              maxLength={200}
              withAsterisk
              data-testid="warehouse-name"
              {...form.getInputProps("name")}
            />
            <ProblemNote error={create.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending} data-testid="warehouse-submit">
                {t("common.create")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
