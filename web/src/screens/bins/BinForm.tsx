import { Checkbox, Group, NumberInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { addBin, changeBin } from "@/api/bins";
import { useIntent } from "@/api/intent";
import type { Bin } from "@/api/types";
import { FormDialog } from "@/parts/FormDialog";

type Values = { code: string; zone: string; putAwayOrder: number; removalOrder: number; closed: boolean };

type BinFormProps = { warehouseId: string; bin: Bin | null; onClose: () => void };

/** A new bin, or what may be changed of one: all but its name. */
export function BinForm({ warehouseId, bin, onClose }: BinFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const onSuccess = async ({ code }: Bin) => {
    notifications.show({ message: t("bins.saved", { code }) });
    await queryClient.invalidateQueries({ queryKey: ["bins", warehouseId] });
    onClose();
  };
  const adding = useIntent(addBin, { onSuccess });
  const changing = useMutation({ mutationFn: changeBin, onSuccess });
  const form = useForm<Values>({
    initialValues: {
      code: bin?.code ?? "",
      zone: bin?.zone ?? "",
      putAwayOrder: bin?.putAwayOrder ?? 0,
      removalOrder: bin?.removalOrder ?? 0,
      closed: bin !== null && bin.closedAt !== null,
    },
    validate: { code: (value) => (value.trim() === "" ? t("common.needed") : null) },
  });
  const send = ({ code, zone, closed, ...orders }: Values) => {
    const fields = { zone: zone.trim(), ...orders };
    if (bin === null) adding.mutate({ warehouseId, code: code.trim(), ...fields });
    else changing.mutate({ bin, closed, ...fields });
  };
  const orderOf = (of: "putAwayOrder" | "removalOrder") => (
    <NumberInput
      label={t(`bins.${of}`)}
      flex={1}
      min={0}
      max={1_000_000}
      allowDecimal={false}
      value={form.values[of]}
      onChange={(value) => form.setFieldValue(of, typeof value === "number" ? value : 0)}
      data-testid={`bin-${of}`}
    />
  );
  return (
    <FormDialog
      title={bin ? t("bins.changeOf", { code: bin.code }) : t("bins.new")}
      opened
      onClose={onClose}
      onSubmit={form.onSubmit(send)}
      error={adding.error ?? changing.error}
      submit={bin ? t("common.save") : t("common.create")}
      busy={adding.isPending || changing.isPending}
      data-testid="bin-submit"
    >
      {bin === null && (
        <TextInput
          label={t("bins.code")}
          placeholder="A-01"
          maxLength={40}
          withAsterisk
          data-autofocus
          autoComplete="off"
          data-testid="bin-code"
          {...form.getInputProps("code")}
        />
      )}
      <TextInput
        label={t("bins.zone")}
        maxLength={20}
        autoComplete="off"
        data-testid="bin-zone"
        {...form.getInputProps("zone")}
      />
      <Group align="flex-start" gap="sm">
        {orderOf("putAwayOrder")}
        {orderOf("removalOrder")}
      </Group>
      {bin !== null && (
        <Checkbox
          label={t("bins.closed")}
          description={t("bins.closedHint")}
          data-testid="bin-closed"
          {...form.getInputProps("closed", { type: "checkbox" })}
        />
      )}
    </FormDialog>
  );
}
