import {
  Autocomplete,
  Checkbox,
  Group,
  Paper,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "@/format/useFormat";
import { countriesIn, currencies } from "./countries";
import type { PartnerValues } from "./partnerForm";

type PartnerFieldsProps = {
  form: UseFormReturnType<PartnerValues>;
  isNew?: boolean;
  readOnly?: boolean;
};

/** Who the partner is, how they are paid and reached. */
export function PartnerFields({ form, isNew = false, readOnly = false }: PartnerFieldsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const countries = useMemo(() => countriesIn(locale), [locale]);
  const line = (name: "taxNumber" | "taxOffice" | "email" | "phone" | "website", width: number) => (
    <TextInput
      label={t(`partners.${name}`)}
      readOnly={readOnly}
      w={width}
      maw="100%"
      data-testid={`partner-${name}`}
      {...form.getInputProps(name)}
    />
  );
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group align="flex-start" gap="md">
          {isNew && (
            <TextInput
              label={t("partners.code")}
              withAsterisk
              maxLength={40}
              w={160}
              autoFocus
              data-testid="partner-code"
              {...form.getInputProps("code")}
            />
          )}
          <TextInput
            label={t("partners.name")}
            withAsterisk
            readOnly={readOnly}
            maxLength={200}
            w={360}
            maw="100%"
            data-testid="partner-name"
            {...form.getInputProps("name")}
          />
          <Stack gap={4}>
            <Text size="sm" fw={500}>
              {t("partners.role")}
            </Text>
            <Group h={36} gap="md">
              <Checkbox
                label={t("partners.customer")}
                disabled={readOnly}
                data-testid="partner-customer"
                {...form.getInputProps("customer", { type: "checkbox" })}
                error={null}
              />
              <Checkbox
                label={t("partners.supplier")}
                disabled={readOnly}
                data-testid="partner-supplier"
                {...form.getInputProps("supplier", { type: "checkbox" })}
              />
            </Group>
            {form.errors.customer && (
              <Text size="xs" c="var(--mantine-color-error)">
                {form.errors.customer}
              </Text>
            )}
          </Stack>
        </Group>
        <Group align="flex-start" gap="md">
          <Select
            label={t("partners.country")}
            withAsterisk
            readOnly={readOnly}
            data={countries}
            searchable
            allowDeselect={false}
            w={220}
            data-testid="partner-country"
            {...form.getInputProps("country")}
          />
          {line("taxNumber", 170)}
          {line("taxOffice", 180)}
        </Group>
        <Group align="flex-start" gap="md">
          <TextInput
            label={t("partners.paymentDays")}
            readOnly={readOnly}
            inputMode="numeric"
            rightSection={
              <Text size="xs" c="dimmed">
                {t("partners.days")}
              </Text>
            }
            rightSectionWidth={44}
            w={150}
            data-testid="partner-paymentDays"
            {...form.getInputProps("paymentDays")}
          />
          <Autocomplete
            label={t("partners.currency")}
            readOnly={readOnly}
            data={currencies}
            maxLength={3}
            w={120}
            {...form.getInputProps("currency")}
          />
          <Select
            label={t("partners.language")}
            description={undefined}
            readOnly={readOnly}
            data={[
              { value: "tr", label: "Türkçe" },
              { value: "en", label: "English" },
            ]}
            allowDeselect={false}
            w={140}
            {...form.getInputProps("language")}
          />
        </Group>
        <Group align="flex-start" gap="md">
          {line("email", 260)}
          {line("phone", 190)}
          {line("website", 260)}
        </Group>
        <Textarea
          label={t("partners.note")}
          readOnly={readOnly}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          {...form.getInputProps("note")}
        />
      </Stack>
    </Paper>
  );
}
