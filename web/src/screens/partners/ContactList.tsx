import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Icon } from "@/parts/icons";
import { newContact, type PartnerValues } from "./partnerForm";

type ContactListProps = {
  form: UseFormReturnType<PartnerValues>;
  readOnly: boolean;
  /** Forgets a person for good, also in the history. */
  erase?: (contact: { id: string; name: string }) => React.ReactNode;
};

/** With whom one talks there. */
export function ContactList({ form, readOnly, erase }: ContactListProps) {
  const { t } = useTranslation();
  const { contacts } = form.values;
  const field = (at: number, name: "name" | "role" | "email" | "phone", width: number) => (
    <TextInput
      aria-label={t(`partners.contact.${name}`)}
      placeholder={t(`partners.contact.${name}`)}
      readOnly={readOnly}
      maxLength={name === "email" ? 200 : 120}
      w={width}
      data-testid={`contact-${name}`}
      {...form.getInputProps(`contacts.${at}.${name}`)}
    />
  );
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("partners.contacts")}
        </Title>
        {!readOnly && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => form.insertListItem("contacts", newContact())}
            data-testid="add-contact"
          >
            {t("partners.addContact")}
          </Button>
        )}
      </Group>
      {contacts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("partners.noContact")}
        </Text>
      )}
      <Stack gap="sm">
        {contacts.map((contact, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of the form are named by their place
          <Group key={at} align="flex-start" gap="xs" data-testid={`contact-${at}`}>
            {field(at, "name", 200)}
            {field(at, "role", 160)}
            {field(at, "email", 230)}
            {field(at, "phone", 160)}
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("partners.removeContact", { name: contact.name || at + 1 })}
                onClick={() => form.removeListItem("contacts", at)}
              >
                <Icon name="close" size={16} />
              </ActionIcon>
            )}
            {!readOnly && contact.id !== null && erase?.({ id: contact.id, name: contact.name })}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
