import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { useCompany } from "@/session/company";
import { FormDialog } from "./FormDialog";

type Named = { companyId: string; code: string; name: string };

type NewByCodeProps = {
  /** What it is, in test ids. */
  of: string;
  title: string;
  created: (code: string) => string;
  create: (named: Named, key: string) => Promise<{ code: string }>;
  queryKey: readonly unknown[];
  longest: { code: number; name: number };
};

/** A button that makes a thing of the company which needs no more than a code and a name. */
export function NewByCode({ of, title, created, create, queryKey, longest }: NewByCodeProps) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({ initialValues: { code: "", name: "" }, validate: { code: needed, name: needed } });
  const making = useIntent(create, {
    onSuccess: async ({ code }) => {
      await queryClient.invalidateQueries({ queryKey });
      notifications.show({ message: created(code) });
      form.reset();
      close();
    },
  });
  return (
    <>
      <Button variant="default" onClick={open} data-testid={`new-${of}`}>
        {title}
      </Button>
      <FormDialog
        title={title}
        opened={opened}
        onClose={close}
        onSubmit={form.onSubmit(({ code, name }) =>
          making.mutate({ companyId, code: code.trim(), name: name.trim() }),
        )}
        error={making.error}
        submit={t("common.create")}
        busy={making.isPending}
        data-testid={`${of}-submit`}
      >
        <TextInput
          label={t("items.code")}
          maxLength={longest.code}
          withAsterisk
          data-autofocus
          data-testid={`${of}-code`}
          {...form.getInputProps("code")}
        />
        <TextInput
          label={t("items.name")}
          maxLength={longest.name}
          withAsterisk
          data-testid={`${of}-name`}
          {...form.getInputProps("name")}
        />
      </FormDialog>
    </>
  );
}
