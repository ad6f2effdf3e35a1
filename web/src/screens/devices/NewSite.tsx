import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { createSite, sitesQuery } from "@/api/access";
import { useIntent } from "@/api/intent";
import { ProblemNote } from "@/parts/Notes";
import { useCompany, useMay } from "@/session/company";

export function NewSite() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({ initialValues: { code: "", name: "" }, validate: { code: needed, name: needed } });
  const create = useIntent(createSite, {
    onSuccess: async ({ code }) => {
      notifications.show({ message: t("devices.siteCreated", { code }) });
      form.reset();
      close();
      await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });
  if (!useMay("company.site.write")) return null;
  return (
    <>
      <Button variant="default" onClick={open} data-testid="new-site">
        {t("devices.newSite")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("devices.newSite")}
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
              maxLength={20}
              withAsterisk
              data-autofocus
              data-testid="site-code"
              {...form.getInputProps("code")}
            />
            <TextInput
              label={t("items.name")}
              maxLength={100}
              withAsterisk
              data-testid="site-name"
              {...form.getInputProps("name")}
            />
            <ProblemNote error={create.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending} data-testid="site-submit">
                {t("common.create")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
