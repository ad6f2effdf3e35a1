import { Badge, Button, Checkbox, Group, Paper, Select, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ImportDetail, type ImportKind, importQuery, takeStep, understandFile } from "@/api/imports";
import { useIntent } from "@/api/intent";
import { ProblemNote } from "@/parts/Notes";

type MappingFormProps = { detail: ImportDetail; kind: ImportKind };

/** Which column is which field, with the first values of each beside it; then all rows are tried. */
export function MappingForm({ detail, kind }: MappingFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { columns } = detail;
  const id = detail.import.id;
  const [form, setForm] = useState(detail.form);
  const [onlyGood, setOnlyGood] = useState(detail.onlyGood);
  const [mayUpdate, setMayUpdate] = useState(detail.mayUpdate);
  const [fields, setFields] = useState<Record<number, string | null>>(() =>
    Object.fromEntries(columns.map(({ at, field }) => [at, field])),
  );
  const understand = (separator: string) =>
    understandFile({
      id,
      form: { ...form, separator },
      onlyGood,
      mayUpdate,
      fields: Object.entries(fields).flatMap(([column, field]) =>
        field === null ? [] : [{ field, column: Number(column) }],
      ),
    });
  const check = useIntent(
    async (_: null, key: string) => {
      await understand(form.separator);
      return await takeStep({ id, step: "check" }, key);
    },
    { onSuccess: () => queryClient.invalidateQueries({ queryKey: ["imports"] }) },
  );
  // Under another separator the columns are others.
  const reread = useMutation({
    mutationFn: understand,
    onSuccess: (changed) => queryClient.setQueryData(importQuery(id).queryKey, changed),
  });
  const used = Object.values(fields);
  const missing = kind.fields.filter((field) => field.needed && !used.includes(field.name));
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Group gap="md" align="flex-end">
          {form.format === "csv" && (
            <>
              <Select
                label={t("imports.separator")}
                data={[
                  { value: ",", label: t("imports.comma") },
                  { value: ";", label: t("imports.semicolon") },
                  { value: "\t", label: t("imports.tab") },
                  { value: "|", label: "|" },
                ]}
                value={form.separator}
                onChange={(next) => next && next !== form.separator && reread.mutate(next)}
                allowDeselect={false}
                w={150}
              />
              <Select
                label={t("imports.numbers")}
                data={[
                  { value: "comma", label: "1.234,5" },
                  { value: "point", label: "1,234.5" },
                ]}
                value={form.decimalComma ? "comma" : "point"}
                onChange={(next) => setForm({ ...form, decimalComma: next === "comma" })}
                allowDeselect={false}
                w={120}
                data-testid="numbers"
              />
              <Select
                label={t("imports.dates")}
                data={[
                  { value: "dmy", label: "31.12.2026" },
                  { value: "mdy", label: "12/31/2026" },
                  { value: "ymd", label: "2026-12-31" },
                ]}
                value={form.dates}
                onChange={(next) => next && setForm({ ...form, dates: next })}
                allowDeselect={false}
                w={150}
              />
            </>
          )}
          <Checkbox
            label={t("imports.mayUpdate")}
            checked={mayUpdate}
            onChange={(event) => setMayUpdate(event.currentTarget.checked)}
            data-testid="may-update"
          />
          <Checkbox
            label={t("imports.onlyGood")}
            checked={onlyGood}
            onChange={(event) => setOnlyGood(event.currentTarget.checked)}
            data-testid="only-good"
          />
        </Group>
        <Table.ScrollContainer minWidth={560} type="native">
          <Table aria-label={t("imports.columns")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("imports.column")}</Table.Th>
                <Table.Th w={240}>{t("imports.field")}</Table.Th>
                <Table.Th>{t("imports.samples")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {columns.map(({ at, heading, samples }) => (
                <Table.Tr key={at}>
                  <Table.Td fw={600}>{heading || `#${at + 1}`}</Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={t("imports.fieldOf", { column: heading || at + 1 })}
                      placeholder={t("imports.leftOut")}
                      data={kind.fields.map((field) => ({
                        value: field.name,
                        label: field.needed ? `${field.title} *` : field.title,
                        disabled: used.includes(field.name) && fields[at] !== field.name,
                      }))}
                      value={fields[at] ?? null}
                      onChange={(next) => setFields({ ...fields, [at]: next })}
                      clearable
                      searchable
                      size="xs"
                      data-testid={`map-${at}`}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" c="dimmed" lineClamp={1}>
                      {samples.filter((one) => one !== "").join(" · ")}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {missing.length > 0 && (
          <Group gap={6}>
            <Text size="sm">{t("imports.missing")}</Text>
            {missing.map((field) => (
              <Badge key={field.name} color="yellow">
                {field.title}
              </Badge>
            ))}
          </Group>
        )}
        <ProblemNote error={check.error ?? reread.error} />
        <Group>
          <Button
            onClick={() => check.mutate(null)}
            loading={check.isPending}
            variant={detail.import.state === "checked" ? "default" : "filled"}
            data-testid="import-check"
          >
            {t(detail.import.state === "checked" ? "imports.checkAgain" : "imports.check")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("imports.checkHint")}
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}
