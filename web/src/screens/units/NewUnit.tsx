import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useIntent } from "@/api/intent";
import { beginUnit } from "@/api/units";
import { BinInput } from "@/parts/BinInput";
import { FormDialog } from "@/parts/FormDialog";
import { readSscc } from "@/parts/scan";
import { WarehouseSelect } from "@/parts/WarehouseSelect";

/** A new pallet or box: under the number that is on it, or under the next one of the company. */
export function NewUnit({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const beginning = useIntent(beginUnit, { onSuccess: ({ sscc }) => navigate(`/units/${sscc}`) });
  const form = useForm({
    initialValues: { warehouseId: "", bin: "", sscc: "" },
    validate: {
      warehouseId: (value) => (value === "" ? t("lines.warehouseNeeded") : null),
      sscc: (value) => (value.trim() === "" || readSscc(value) !== null ? null : t("units.notSscc")),
    },
  });
  return (
    <FormDialog
      title={t("units.new")}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(({ warehouseId, bin, sscc }) =>
        beginning.mutate({ warehouseId, bin: bin || "MAIN", sscc: readSscc(sscc) }),
      )}
      error={beginning.error}
      submit={t("common.create")}
      busy={beginning.isPending}
      data-testid="unit-submit"
    >
      <TextInput
        label={t("units.sscc")}
        description={t("units.ssccHint")}
        data-autofocus
        inputMode="numeric"
        autoComplete="off"
        data-testid="unit-sscc"
        {...form.getInputProps("sscc")}
      />
      <WarehouseSelect
        label={t("lines.warehouse")}
        withAsterisk
        value={form.values.warehouseId}
        onChange={(warehouseId) => form.setFieldValue("warehouseId", warehouseId)}
        error={form.errors.warehouseId}
        data-testid="unit-warehouse"
      />
      <BinInput
        label={t("units.bin")}
        placeholder="MAIN"
        warehouseId={form.values.warehouseId}
        value={form.values.bin}
        onChange={(bin) => form.setFieldValue("bin", bin)}
        data-testid="unit-bin"
      />
    </FormDialog>
  );
}
