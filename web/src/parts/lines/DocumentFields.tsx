import { Box, Button, Group, Paper, Stack, TextInput } from "@mantine/core";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { shortagesOf } from "@/api/problem";
import { DayInput } from "../DayInput";
import { ProblemNote } from "../Notes";
import { WarehouseSelect } from "../WarehouseSelect";
import { LineTable } from "./LineTable";
import type { DocumentForm } from "./useDocumentForm";

type DocumentFieldsProps = {
  document: DocumentForm;
  submitLabel: string;
  referenceLabel: string;
  referenceHint: string;
  withDate?: boolean;
  children?: ReactNode;
  /** More of the head, in a row of its own. */
  below?: ReactNode;
  error: unknown;
  sending: boolean;
  onSubmit: () => void;
};

/** The form of a stock document: head fields, lines, one primary action. */
export function DocumentFields(props: DocumentFieldsProps) {
  const { document, submitLabel, referenceLabel, referenceHint, withDate = true, children } = props;
  const { below, error, sending, onSubmit } = props;
  const { t } = useTranslation();
  const { form, lines, faults, lots } = document;
  const shortages = shortagesOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sending) onSubmit();
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form noValidate onSubmit={submit} onKeyDown={submitByKey} data-testid="document-form">
      <Stack gap="md">
        <Paper withBorder p="md">
          <Group align="flex-start" gap="md">
            <WarehouseSelect
              label={t("lines.warehouse")}
              withAsterisk
              w={260}
              data-testid="warehouse"
              value={form.values.warehouseId}
              onChange={(warehouseId) => form.setFieldValue("warehouseId", warehouseId)}
              error={form.errors.warehouseId}
            />
            {withDate && (
              <DayInput
                label={t("lines.date")}
                withAsterisk
                w={150}
                data-testid="date"
                value={form.values.date}
                onChange={(date) => form.setFieldValue("date", date)}
                error={form.errors.date}
              />
            )}
            {children}
            <TextInput
              label={referenceLabel}
              placeholder={referenceHint}
              maxLength={100}
              w={240}
              withAsterisk={!withDate}
              autoComplete="off"
              data-testid="reference"
              {...form.getInputProps("reference")}
            />
          </Group>
          {below && <Box mt="md">{below}</Box>}
        </Paper>
        <LineTable
          lines={lines}
          lots={lots}
          warehouseId={form.values.warehouseId}
          faults={faults}
          shortages={shortages}
        />
        {error !== null && (
          <ProblemNote error={error} onRetry={retryOf(error, onSubmit)} retrying={sending} />
        )}
        <Group>
          <Button type="submit" size="md" loading={sending} data-testid="submit">
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function retryOf(error: unknown, onSubmit: () => void): (() => void) | undefined {
  return error instanceof Object && "isUnsettled" in error && error.isUnsettled ? onSubmit : undefined;
}
