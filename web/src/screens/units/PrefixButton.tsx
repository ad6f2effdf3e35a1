import { Button, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { saySsccPrefix, ssccPrefixQuery } from "@/api/units";
import { FormDialog } from "@/parts/FormDialog";
import { useCompany, useMay } from "@/session/company";

/** With which digits the company's own numbers begin. */
export function PrefixButton() {
  const { t } = useTranslation();
  const mayWrite = useMay("inventory.warehouse.write");
  const [opened, { open, close }] = useDisclosure(false);
  if (!mayWrite) return null;
  return (
    <>
      <Button variant="default" onClick={open} data-testid="sscc-prefix">
        {t("units.prefix")}
      </Button>
      {opened && <PrefixForm onClose={close} />}
    </>
  );
}

function PrefixForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const { data } = useQuery(ssccPrefixQuery(companyId));
  const saying = useMutation({
    mutationFn: saySsccPrefix,
    onSuccess: (prefix) => {
      queryClient.setQueryData(ssccPrefixQuery(companyId).queryKey, prefix);
      notifications.show({ message: t("units.prefixSaved", { digits: prefix.digits }) });
      onClose();
    },
  });
  const form = useForm({
    initialValues: { digits: "" },
    validate: { digits: (value) => (/^\d{4,12}$/.test(value.trim()) ? null : t("units.prefixDigits")) },
  });
  return (
    <FormDialog
      title={t("units.prefix")}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(({ digits }) => saying.mutate({ companyId, digits: digits.trim() }))}
      error={saying.error}
      submit={t("common.save")}
      busy={saying.isPending}
      data-testid="prefix-submit"
    >
      <Text size="sm">
        {data?.digits
          ? t("units.prefixNow", { digits: data.digits, count: data.given })
          : t("units.prefixNone")}
      </Text>
      <TextInput
        label={t("units.prefix")}
        description={t("units.prefixHint")}
        withAsterisk
        data-autofocus
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        data-testid="prefix-digits"
        {...form.getInputProps("digits")}
      />
    </FormDialog>
  );
}
