import { Group, NumberInput, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { ExchangeValues } from "./form";

type PlaceFieldsProps = { form: UseFormReturnType<ExchangeValues>; hasPassword: boolean };

/** Where rows come from or go to: files in the folder, or a database of somebody else's. */
export function PlaceFields({ form, hasPassword }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { direction, way } = form.values;
  if (way === "folder")
    return (
      <Group grow align="flex-start">
        <TextInput
          label={t("exchanges.fileName")}
          description={t(direction === "in" ? "exchanges.fileNameIn" : "exchanges.fileNameOut")}
          required
          {...form.getInputProps("fileName")}
          data-testid="exchange-file-name"
        />
        {direction === "out" && (
          <Select
            label={t("exchanges.format")}
            description={t("exchanges.formatHelp")}
            data={[
              { value: "csv", label: "CSV" },
              { value: "xlsx", label: "Excel" },
            ]}
            allowDeselect={false}
            {...form.getInputProps("format")}
          />
        )}
      </Group>
    );
  return (
    <>
      <Group grow>
        <TextInput
          label={t("exchanges.host")}
          required
          {...form.getInputProps("host")}
          data-testid="exchange-host"
        />
        <NumberInput label={t("exchanges.port")} min={1} max={65535} {...form.getInputProps("port")} />
        <Select
          label={t("exchanges.security")}
          data={(["tls", "none"] as const).map((value) => ({
            value,
            label: t(`exchanges.securities.${value}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps("security")}
        />
      </Group>
      <Group grow>
        <TextInput
          label={t("exchanges.database")}
          required
          {...form.getInputProps("database")}
          data-testid="exchange-database"
        />
        <TextInput
          label={t("exchanges.username")}
          required
          {...form.getInputProps("username")}
          data-testid="exchange-username"
        />
        <PasswordInput
          label={t("exchanges.password")}
          placeholder={hasPassword ? t("exchanges.passwordKept") : ""}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
      </Group>
      <Textarea
        label={t(direction === "in" ? "exchanges.queryIn" : "exchanges.statementOut")}
        description={t(direction === "in" ? "exchanges.queryInHelp" : "exchanges.statementOutHelp")}
        required
        autosize
        minRows={3}
        maxRows={12}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        {...form.getInputProps("statement")}
        data-testid="exchange-statement"
      />
    </>
  );
}
