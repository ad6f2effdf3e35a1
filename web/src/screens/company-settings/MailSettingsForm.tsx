import {
  Button,
  Group,
  NumberInput,
  Paper,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeMailSettings, mailSettingsQuery } from "@/api/company";
import type { MailSettings } from "@/api/types";
import { ProblemNote } from "@/parts/Notes";
import { useCompany } from "@/session/company";

/** The server mails leave through and the mailbox they come back to; a password left empty stays as it is. */
export function MailSettingsForm({ settings }: { settings: MailSettings }) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const { version, hasPassword, hasImapPassword, ...rest } = settings;
  const form = useForm({
    initialValues: { ...rest, password: "", imapPassword: "" },
    validate: {
      host: (value) => (value.trim() === "" ? t("common.needed") : null),
      fromAddress: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("mails.addressNeeded")),
    },
  });
  const save = useMutation({
    mutationFn: changeMailSettings,
    onSuccess: (changed) => {
      queryClient.setQueryData(mailSettingsQuery(companyId).queryKey, changed);
      notifications.show({ message: t("companySettings.saved") });
    },
  });
  const kept = (has: boolean) => (has ? t("companySettings.passwordKept") : "");
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ password, imapPassword, ...values }) =>
        save.mutate({
          companyId,
          version,
          body: {
            ...values,
            ...(password !== "" && { password }),
            ...(imapPassword !== "" && { imapPassword }),
          },
        }),
      )}
    >
      <Paper withBorder p="md" data-testid="mail-settings">
        <Stack gap="md">
          <div>
            <Title order={2} size="h5">
              {t("companySettings.mail")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("companySettings.mailText")}
            </Text>
          </div>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label={t("companySettings.host")}
              {...form.getInputProps("host")}
              data-testid="smtp-host"
            />
            <NumberInput
              label={t("companySettings.port")}
              min={1}
              max={65535}
              hideControls
              {...form.getInputProps("port")}
              data-testid="smtp-port"
            />
            <Encryption
              value={form.values.security}
              secure="starttls"
              onChange={(it) => form.setFieldValue("security", it)}
            />
            <TextInput
              label={t("companySettings.username")}
              autoComplete="off"
              {...form.getInputProps("username")}
            />
            <PasswordInput
              label={t("signIn.password")}
              placeholder={kept(hasPassword)}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
            <TextInput
              label={t("companySettings.fromAddress")}
              type="email"
              {...form.getInputProps("fromAddress")}
              data-testid="smtp-from"
            />
            <TextInput label={t("companySettings.fromName")} {...form.getInputProps("fromName")} />
          </SimpleGrid>
          <div>
            <Title order={3} size="h6">
              {t("companySettings.returned")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("companySettings.returnedText")}
            </Text>
          </div>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label={t("companySettings.imapHost")} {...form.getInputProps("imapHost")} />
            <NumberInput
              label={t("companySettings.port")}
              min={1}
              max={65535}
              hideControls
              {...form.getInputProps("imapPort")}
            />
            <Encryption
              value={form.values.imapSecurity}
              secure="tls"
              onChange={(it) => form.setFieldValue("imapSecurity", it)}
            />
            <TextInput
              label={t("companySettings.username")}
              autoComplete="off"
              {...form.getInputProps("imapUsername")}
            />
            <PasswordInput
              label={t("signIn.password")}
              placeholder={kept(hasImapPassword)}
              autoComplete="new-password"
              {...form.getInputProps("imapPassword")}
            />
          </SimpleGrid>
          <ProblemNote error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()} data-testid="save-mail">
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

type EncryptionProps = { value: string; secure: string; onChange: (value: string) => void };

function Encryption({ value, secure, onChange }: EncryptionProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("companySettings.security")}
      data={[
        { value: secure, label: secure.toUpperCase() },
        { value: "none", label: t("companySettings.unencrypted") },
      ]}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => onChange(chosen ?? secure)}
    />
  );
}
