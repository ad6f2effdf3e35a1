import { Checkbox, Select, TextInput } from "@mantine/core";
import type { Field } from "@/api/fields";
import { useLocale } from "@/format/useFormat";
import { DayInput } from "@/parts/DayInput";
import { DecimalInput } from "@/parts/DecimalInput";

type FieldInputProps = {
  field: Field;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  readOnly: boolean;
};

/** One field of the organisation's own, as its kind is written. */
export function FieldInput({ field, value, onChange, error, readOnly }: FieldInputProps) {
  const locale = useLocale();
  const label = locale === "tr" ? field.titleTr : field.titleEn;
  const common = { label, error, readOnly, w: 220, "data-testid": `field-${field.name}` } as const;
  switch (field.kind) {
    case "flag":
      return (
        <Checkbox
          label={label}
          checked={value === "true"}
          onChange={({ currentTarget }) => !readOnly && onChange(currentTarget.checked ? "true" : "")}
          error={error}
          mt={28}
          data-testid={`field-${field.name}`}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={[...field.choices]}
          value={value === "" ? null : value}
          onChange={(next) => onChange(next ?? "")}
          clearable
        />
      );
    case "date":
      return <DayInput {...common} value={value} onChange={onChange} clearable />;
    case "number":
      return <DecimalInput {...common} value={value} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...common}
          maxLength={200}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}
