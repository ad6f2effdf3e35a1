import { Checkbox, Group, Text, TextInput } from "@mantine/core";
import { type FormErrors, useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeSupply, expectSupply } from "@/api/expected";
import { useIntent } from "@/api/intent";
import type { ExpectedSupply } from "@/api/types";
import { isPositive, parseDecimal } from "@/format/decimal";
import { useFormat, useLocale } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DayInput } from "@/parts/DayInput";
import { DecimalInput } from "@/parts/DecimalInput";
import { FormDialog } from "@/parts/FormDialog";
import { ItemPicker, type PickedItem } from "@/parts/ItemPicker";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany } from "@/session/company";

/** Says what is on its way. */
export function NewSupply({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const { checks, amount } = useChecks();
  const form = useForm({
    initialValues: {
      source: "",
      item: null as PickedItem | null,
      warehouseId: "",
      due: "",
      quantity: "",
    },
    validate: {
      ...checks,
      source: (value) => (value.trim() === "" ? t("common.needed") : null),
      item: (value) => (value === null ? t("common.needed") : null),
      warehouseId: (value) => (value === "" ? t("lines.warehouseNeeded") : null),
    },
  });
  const expecting = useIntent(expectSupply, { onSuccess: useSaved(onClose) });
  return (
    <FormDialog
      title={t("expected.new")}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(({ source, item, warehouseId, due, quantity }) =>
        expecting.mutate({
          companyId,
          source: source.trim(),
          itemId: item?.id ?? "",
          warehouseId,
          due,
          quantity: amount(quantity),
        }),
      )}
      error={expecting.error}
      submit={t("common.create")}
      busy={expecting.isPending}
      data-testid="supply-submit"
    >
      <TextInput
        label={t("expected.source")}
        description={t("expected.sourceHint")}
        maxLength={80}
        withAsterisk
        data-autofocus
        {...form.getInputProps("source")}
        data-testid="supply-source"
      />
      <ItemPicker
        label={t("lines.item")}
        value={form.values.item}
        onChange={(item) => form.setFieldValue("item", item)}
        error={form.errors.item}
      />
      <WarehouseSelect
        label={t("lines.warehouse")}
        withAsterisk
        value={form.values.warehouseId}
        onChange={(warehouseId) => form.setFieldValue("warehouseId", warehouseId)}
        error={form.errors.warehouseId}
        data-testid="supply-warehouse"
      />
      <HowMuchAndWhen
        values={form.values}
        errors={form.errors}
        onChange={form.setValues}
        unit={form.values.item?.unit}
      />
    </FormDialog>
  );
}

/** What of it is still to come, when, or that no more of it comes. */
export function ChangeSupply({ supply, onClose }: { supply: ExpectedSupply; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { checks, amount } = useChecks();
  const form = useForm({
    initialValues: { due: supply.due, quantity: format.quantity(supply.quantity), closed: false },
    validate: checks,
  });
  const changing = useIntent(changeSupply, { onSuccess: useSaved(onClose) });
  return (
    <FormDialog
      title={t("expected.changeOf", { source: supply.source })}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(({ due, quantity, closed }) =>
        changing.mutate({ id: supply.id, version: supply.version, due, quantity: amount(quantity), closed }),
      )}
      error={changing.error}
      submit={t("common.save")}
      busy={changing.isPending}
      data-testid="supply-submit"
    >
      <Text size="sm">
        <b>{supply.itemCode}</b> {supply.itemName} · {supply.warehouseCode}
      </Text>
      <HowMuchAndWhen
        values={form.values}
        errors={form.errors}
        onChange={form.setValues}
        unit={supply.unit}
      />
      <Checkbox
        label={t("expected.close")}
        description={isPositive(supply.promised) ? t("expected.closeHint") : undefined}
        {...form.getInputProps("closed", { type: "checkbox" })}
        data-testid="supply-close"
      />
    </FormDialog>
  );
}

type HowMuchAndWhenProps = {
  values: { due: string; quantity: string };
  errors: FormErrors;
  onChange: (changes: Partial<{ due: string; quantity: string }>) => void;
  unit: string | undefined;
};

function HowMuchAndWhen({ values, errors, onChange, unit }: HowMuchAndWhenProps) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Group grow align="flex-start">
      <DecimalInput
        label={t("expected.quantity")}
        withAsterisk
        rightSection={unit && <Text size="xs">{words.unit(unit)}</Text>}
        value={values.quantity}
        onChange={(quantity) => onChange({ quantity })}
        error={errors.quantity}
        data-testid="supply-quantity"
      />
      <DayInput
        label={t("expected.due")}
        withAsterisk
        value={values.due}
        onChange={(due) => onChange({ due })}
        error={errors.due}
        data-testid="supply-due"
      />
    </Group>
  );
}

function useChecks() {
  const { t } = useTranslation();
  const locale = useLocale();
  return {
    amount: (typed: string) => parseDecimal(typed, locale) ?? "",
    checks: {
      due: (value: string) => (value === "" ? t("lines.dateNeeded") : null),
      quantity: (value: string) => {
        const parsed = parseDecimal(value, locale);
        return parsed === null || !isPositive(parsed) ? t("expected.positive") : null;
      },
    },
  };
}

/** Promises may have changed with it. */
function useSaved(onClose: () => void) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  return async ({ source }: { source: string }) => {
    notifications.show({ message: t("expected.saved", { source }) });
    await Promise.all(
      ["expected-supply", "reservations", "stock"].map((topic) =>
        queryClient.invalidateQueries({ queryKey: [topic, companyId] }),
      ),
    );
    onClose();
  };
}
