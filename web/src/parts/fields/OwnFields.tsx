import { Button, Group, Paper, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Field, type FieldValues, fieldsQuery, fieldValuesQuery, saveFieldValues } from "@/api/fields";
import { Problem } from "@/api/problem";
import { formatDecimal, parseDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { FieldInput } from "./FieldInput";

type OwnFieldsProps = { documentType: string; documentId: string; mayWrite: boolean };

/** What the organisation wants to know of this beside what everybody has; nothing where it has defined nothing. */
export function OwnFields({ documentType, documentId, mayWrite }: OwnFieldsProps) {
  const fields = useQuery(fieldsQuery(documentType));
  const open = (fields.data?.items ?? []).filter(({ retiredAt }) => retiredAt === null);
  const values = useQuery({ ...fieldValuesQuery(documentType, [documentId]), enabled: open.length > 0 });
  if (fields.error || values.error) return <ProblemNote error={fields.error ?? values.error} />;
  if (open.length === 0 || !values.data) return null;
  const saved = values.data.items[0];
  return (
    <Form
      key={documentId}
      documentType={documentType}
      documentId={documentId}
      mayWrite={mayWrite}
      fields={open}
      saved={saved}
    />
  );
}

type FormProps = OwnFieldsProps & { fields: readonly Field[]; saved: FieldValues | undefined };

function Form({ documentType, documentId, mayWrite, fields, saved }: FormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["field-values", documentType] });
  const save = useMutation({
    mutationFn: saveFieldValues,
    onSuccess: async () => {
      notifications.show({ message: t("fields.saved") });
      await refresh();
    },
    // What somebody else has saved meanwhile is shown beside what was typed; saving again keeps both.
    onError: refresh,
  });
  const kept = (field: Field) => {
    const value = saved?.values[field.name] ?? "";
    return field.kind === "number" && value !== "" ? formatDecimal(value, locale) : value;
  };
  const shownOf = (field: Field) => typed[field.name] ?? kept(field);
  const changed = fields.some((field) => shownOf(field) !== kept(field));
  const errors = save.error instanceof Problem ? save.error.errors : undefined;
  // What is typed while it is being saved stays.
  const forget = (sent: Record<string, string>) =>
    setTyped((now) => Object.fromEntries(Object.entries(now).filter(([name, text]) => sent[name] !== text)));
  const submit = () =>
    save.mutate(
      {
        documentType,
        documentId,
        version: saved?.version ?? 0,
        values: Object.fromEntries(
          fields.map((field) => {
            const value = shownOf(field).trim();
            const plain = field.kind === "number" ? (parseDecimal(value, locale) ?? value) : value;
            return [field.name, value === "" ? "" : plain];
          }),
        ),
      },
      { onSuccess: () => forget(typed) },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <UnsavedGuard when={mayWrite && changed} />
      <Paper withBorder p="md" data-testid="own-fields">
        <Title order={2} size="h5" mb="sm">
          {t("fields.own")}
        </Title>
        <Stack gap="md">
          <Group gap="md" align="flex-start">
            {fields.map((field) => (
              <FieldInput
                key={field.id}
                field={field}
                value={shownOf(field)}
                onChange={(value) => setTyped({ ...typed, [field.name]: value })}
                error={errors?.[`values.${field.name}`]?.[0]}
                readOnly={!mayWrite}
              />
            ))}
          </Group>
          {!errors && <ProblemNote error={save.error} />}
          {mayWrite && (
            <Group>
              <Button
                type="submit"
                variant="default"
                disabled={!changed}
                loading={save.isPending}
                data-testid="own-fields-save"
              >
                {t("common.save")}
              </Button>
            </Group>
          )}
        </Stack>
      </Paper>
    </form>
  );
}
