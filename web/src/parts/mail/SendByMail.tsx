import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import type { Letter } from "@/api/mails";
import { FormDialog } from "@/parts/FormDialog";

type SendByMailProps = {
  title: string;
  withNote?: boolean;
  send: (letter: Letter, key: string) => Promise<unknown>;
};

/** Sends a document as PDF; it leaves by itself, also when the mail server is away for a while. */
export function SendByMail({ title, withNote = false, send }: SendByMailProps) {
  const { t, i18n } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const queryClient = useQueryClient();
  const form = useForm<Letter>({
    initialValues: { to: "", language: i18n.language === "tr" ? "tr" : "en", note: "" },
    validate: { to: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t("mails.addressNeeded")) },
  });
  const sending = useIntent(send, {
    onSuccess: async (_, letter) => {
      notifications.show({ message: t("mails.onItsWay", { to: letter.to }) });
      close();
      form.reset();
      await queryClient.invalidateQueries({ queryKey: ["mails"] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={open} data-testid="send-by-mail">
        {t("mails.send")}
      </Button>
      <FormDialog
        title={title}
        opened={opened}
        onClose={close}
        onSubmit={form.onSubmit((letter) => sending.mutate({ ...letter, to: letter.to.trim() }))}
        error={sending.error}
        submit={t("mails.send")}
        busy={sending.isPending}
        data-testid="mail-submit"
      >
        <TextInput
          label={t("mails.to")}
          type="email"
          autoComplete="email"
          data-autofocus
          {...form.getInputProps("to")}
          data-testid="mail-to"
        />
        <LanguageSelect {...form.getInputProps("language")} />
        {withNote && (
          <Textarea label={t("mails.note")} maxLength={500} autosize {...form.getInputProps("note")} />
        )}
      </FormDialog>
    </>
  );
}

export function LanguageSelect(props: { value?: string; onChange?: (value: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("mails.language")}
      data={[
        { value: "en", label: "English" },
        { value: "tr", label: "Türkçe" },
      ]}
      allowDeselect={false}
      {...props}
    />
  );
}
