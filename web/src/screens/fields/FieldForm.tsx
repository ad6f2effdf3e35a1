import { Select, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { type Field, fieldKinds, saveField } from "@/api/fields";
import { useIntent } from "@/api/intent";
import { FormDialog } from "@/parts/FormDialog";
import { nameOf } from "./names";

type FieldFormProps = {
  documentType: string;
  field: Field | null;
  position: number;
  onClose: () => void;
  onSaved: () => Promise<void>;
};

/** A field with its titles in both languages; its name in files and addresses follows from the English one and stays. */
export function FieldForm({ documentType, field, position, onClose, onSaved }: FieldFormProps) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  const form = useForm({
    initialValues: {
      titleEn: field?.titleEn ?? "",
      titleTr: field?.titleTr ?? "",
      kind: field?.kind ?? "text",
      choices: [...(field?.choices ?? [])],
    },
    validate: {
      titleEn: (value) => (nameOf(value) === "" ? t("common.needed") : null),
      titleTr: needed,
      choices: (value, { kind }) => (kind === "choice" && value.length === 0 ? t("common.needed") : null),
    },
  });
  const save = useIntent(saveField, {
    onSuccess: async () => {
      notifications.show({ message: t("fields.fieldSaved") });
      await onSaved();
      onClose();
    },
  });
  const { kind } = form.values;
  return (
    <FormDialog
      title={field ? t("fields.change") : t("fields.new")}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(({ titleEn, titleTr, choices }) =>
        save.mutate({
          field,
          body: {
            documentType,
            name: field?.name ?? nameOf(titleEn),
            titleEn: titleEn.trim(),
            titleTr: titleTr.trim(),
            kind,
            choices: kind === "choice" ? choices : [],
            position: field?.position ?? position,
          },
        }),
      )}
      error={save.error}
      submit={t("common.save")}
      busy={save.isPending}
      data-testid="submit-field"
    >
      <TextInput
        label={t("fields.titleEn")}
        required
        maxLength={60}
        {...form.getInputProps("titleEn")}
        data-testid="field-title-en"
      />
      <TextInput
        label={t("fields.titleTr")}
        required
        maxLength={60}
        {...form.getInputProps("titleTr")}
        data-testid="field-title-tr"
      />
      <Select
        label={t("fields.kind")}
        data={fieldKinds.map((value) => ({ value, label: t(`fields.kinds.${value}`) }))}
        allowDeselect={false}
        disabled={field !== null}
        {...form.getInputProps("kind")}
        data-testid="field-kind"
      />
      {kind === "choice" && (
        <TagsInput
          label={t("fields.choices")}
          description={t("fields.choicesText")}
          required
          maxTags={50}
          {...form.getInputProps("choices")}
          data-testid="field-choices"
        />
      )}
    </FormDialog>
  );
}
