import { Autocomplete, Group, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { ItemTracking } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { itemKinds, itemTrackings, itemUnits } from "./kinds";

export type ItemValues = { code: string; name: string; kind: string; unit: string; tracking: ItemTracking };

type ItemFieldsProps = { form: UseFormReturnType<ItemValues>; isNew?: boolean; readOnly?: boolean };

export function ItemFields({ form, isNew = false, readOnly = false }: ItemFieldsProps) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Group align="flex-start" gap="md">
      {isNew && (
        <TextInput
          label={t("items.code")}
          description={t("items.codeHint")}
          withAsterisk
          maxLength={40}
          w={170}
          autoFocus
          inputWrapperOrder={["label", "input", "description", "error"]}
          data-testid="item-code"
          {...form.getInputProps("code")}
        />
      )}
      <TextInput
        label={t("items.name")}
        withAsterisk
        readOnly={readOnly}
        maxLength={200}
        w={300}
        data-testid="item-name"
        {...form.getInputProps("name")}
      />
      <Select
        label={t("items.kind")}
        withAsterisk
        readOnly={readOnly}
        data={itemKinds.map((value) => ({ value, label: words.kind(value) }))}
        allowDeselect={false}
        w={170}
        data-testid="item-kind"
        {...form.getInputProps("kind")}
      />
      <Autocomplete
        label={t("items.unit")}
        withAsterisk
        readOnly={readOnly}
        data={[...itemUnits]}
        maxLength={12}
        w={100}
        renderOption={({ option }) => `${option.value} · ${words.unit(option.value)}`}
        data-testid="item-unit"
        {...form.getInputProps("unit")}
      />
      <Select
        label={t("items.tracking")}
        readOnly={readOnly}
        data={itemTrackings.map((value) => ({ value, label: words.tracking(value) }))}
        allowDeselect={false}
        w={170}
        data-testid="item-tracking"
        {...form.getInputProps("tracking")}
      />
    </Group>
  );
}
