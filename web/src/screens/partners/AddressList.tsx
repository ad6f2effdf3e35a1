import { ActionIcon, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { countriesIn } from "./countries";
import { newAddress, type PartnerValues } from "./partnerForm";

type AddressListProps = { form: UseFormReturnType<PartnerValues>; readOnly: boolean };

/** Where bills and goods go. */
export function AddressList({ form, readOnly }: AddressListProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const countries = useMemo(() => countriesIn(locale), [locale]);
  const { addresses, country } = form.values;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("partners.addresses")}
        </Title>
        {!readOnly && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => form.insertListItem("addresses", newAddress(country))}
            data-testid="add-address"
          >
            {t("partners.addAddress")}
          </Button>
        )}
      </Group>
      {addresses.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("partners.noAddress")}
        </Text>
      )}
      <Stack gap="sm">
        {addresses.map((address, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of the form are named by their place
          <Group key={at} align="flex-start" gap="xs" data-testid={`address-${at}`}>
            <Select
              aria-label={t("partners.addressKind")}
              readOnly={readOnly}
              data={(["billing", "shipping", "other"] as const).map((value) => ({
                value,
                label: t(`partners.kind.${value}`),
              }))}
              allowDeselect={false}
              w={120}
              {...form.getInputProps(`addresses.${at}.kind`)}
            />
            <TextInput
              aria-label={t("partners.street")}
              placeholder={t("partners.street")}
              readOnly={readOnly}
              maxLength={200}
              w={300}
              data-testid="street"
              {...form.getInputProps(`addresses.${at}.street`)}
            />
            <TextInput
              aria-label={t("partners.postalCode")}
              placeholder={t("partners.postalCode")}
              readOnly={readOnly}
              maxLength={20}
              w={100}
              {...form.getInputProps(`addresses.${at}.postalCode`)}
            />
            <TextInput
              aria-label={t("partners.city")}
              placeholder={t("partners.city")}
              readOnly={readOnly}
              maxLength={80}
              w={150}
              data-testid="city"
              {...form.getInputProps(`addresses.${at}.city`)}
            />
            <Select
              aria-label={t("partners.country")}
              readOnly={readOnly}
              data={countries}
              searchable
              allowDeselect={false}
              w={180}
              {...form.getInputProps(`addresses.${at}.country`)}
            />
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("partners.removeAddress", { city: address.city || at + 1 })}
                onClick={() => form.removeListItem("addresses", at)}
              >
                <Icon name="close" size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
