import { Checkbox, Fieldset, Group, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Exchange, saveExchange } from "@/api/exchanges";
import { importKindsQuery } from "@/api/imports";
import { useIntent } from "@/api/intent";
import { useLocale } from "@/format/useFormat";
import { FormDialog } from "@/parts/FormDialog";
import { TimeTableInput } from "@/parts/timeTable/TimeTableInput";
import { useCompany } from "@/session/company";
import { bodyOf, type ExchangeValues, valuesOf, withoutCompany } from "./form";
import { ListChoice } from "./ListChoice";
import { PlaceFields } from "./PlaceFields";

type ExchangeFormProps = { exchange: Exchange | null; onClose: () => void };

/** What comes in or goes out, where from or to, and when. */
export function ExchangeForm({ exchange, onClose }: ExchangeFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const company = useCompany();
  const queryClient = useQueryClient();
  const kinds = useQuery(importKindsQuery(locale));
  const start = valuesOf(exchange, company.timeZone);
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const here = (way: ExchangeValues["way"]) => (value: string, values: ExchangeValues) =>
    values.way === way ? needed(value) : null;
  const form = useForm<ExchangeValues>({
    initialValues: { ...start, query: withoutCompany(start.query) },
    validate: {
      name: needed,
      cron: needed,
      timeZone: needed,
      fileName: here("folder"),
      host: here("database"),
      database: here("database"),
      username: here("database"),
      statement: here("database"),
    },
  });
  const save = useIntent(saveExchange, {
    onSuccess: async () => {
      notifications.show({ message: t("exchanges.saved") });
      await queryClient.invalidateQueries({ queryKey: ["exchanges"] });
      onClose();
    },
  });
  const { direction } = form.values;
  return (
    <FormDialog
      title={exchange ? exchange.name : t("exchanges.new")}
      opened
      size="lg"
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate({ exchange, body: bodyOf(values, company.id) }))}
      error={save.error}
      submit={t("common.save")}
      busy={save.isPending}
      data-testid="submit-exchange"
    >
      <TextInput
        label={t("exchanges.name")}
        required
        maxLength={60}
        {...form.getInputProps("name")}
        data-testid="exchange-name"
      />
      <Group gap="sm">
        <SegmentedControl
          aria-label={t("exchanges.direction")}
          data={(["in", "out"] as const).map((value) => ({
            value,
            label: t(`exchanges.directions.${value}`),
          }))}
          value={direction}
          onChange={(value) =>
            form.setValues({ direction: value as "in" | "out", subject: "items", query: "" })
          }
          data-testid="exchange-direction"
        />
        <SegmentedControl
          aria-label={t("exchanges.way")}
          data={(["folder", "database"] as const).map((value) => ({
            value,
            label: t(`exchanges.ways.${value}`),
          }))}
          {...form.getInputProps("way")}
          data-testid="exchange-way"
        />
      </Group>
      {direction === "in" ? (
        <Select
          label={t("exchanges.subject")}
          data={(kinds.data ?? []).map(({ name, title }) => ({ value: name, label: title }))}
          allowDeselect={false}
          {...form.getInputProps("subject")}
          data-testid="exchange-subject"
        />
      ) : (
        <ListChoice form={form} />
      )}
      <PlaceFields form={form} hasPassword={exchange?.hasPassword ?? false} />
      {direction === "in" && (
        <Fieldset legend={t("exchanges.rows")}>
          <Checkbox
            label={t("exchanges.mayUpdate")}
            {...form.getInputProps("mayUpdate", { type: "checkbox" })}
          />
          <Checkbox
            mt="xs"
            label={t("exchanges.onlyGood")}
            {...form.getInputProps("onlyGood", { type: "checkbox" })}
          />
        </Fieldset>
      )}
      <TimeTableInput
        value={form.values.cron}
        onChange={(cron) => form.setFieldValue("cron", cron)}
        error={form.errors.cron}
      />
      <TextInput
        label={t("jobs.timeZone")}
        description={t("exchanges.zoneHelp")}
        {...form.getInputProps("timeZone")}
      />
      <Switch
        label={t("jobs.enabled")}
        {...form.getInputProps("enabled", { type: "checkbox" })}
        data-testid="exchange-enabled"
      />
    </FormDialog>
  );
}
