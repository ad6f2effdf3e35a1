import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createItem, setItemCost } from "@/api/catalog";
import { useIntent } from "@/api/intent";
import type { Item } from "@/api/types";
import { parseDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { ItemFields } from "@/screens/items/ItemFields";
import { useItemForm } from "@/screens/items/useItemForm";
import { useCompany, useMay } from "@/session/company";
import { DecimalInput } from "./DecimalInput";
import { FormDialog } from "./FormDialog";

type NewItemDialogProps = { code: string; onClose: () => void; onCreated: (item: Item) => void };

/** Makes the item that was looked for and is not there, without leaving the document. */
export function NewItemDialog({ code, onClose, onCreated }: NewItemDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useItemForm({ code, name: "", kind: "raw", unit: "pcs", tracking: "none" });
  const company = useCompany();
  const mayWriteCosts = useMay("catalog.cost.write");
  const locale = useLocale();
  const [cost, setCost] = useState("");
  const unitCost = parseDecimal(cost, locale);
  const faulty = cost.trim() !== "" && (unitCost === null || unitCost.startsWith("-"));
  const create = useIntent(createItem, {
    onSuccess: async (item) => {
      if (unitCost !== null) await setItemCost({ id: item.id, companyId: company.id, unitCost });
      onCreated(item);
      await queryClient.invalidateQueries({ queryKey: ["items"] });
    },
  });
  return (
    <FormDialog
      title={t("items.new")}
      opened
      onClose={onClose}
      onSubmit={(event) => {
        // The dialog stands in the form of the document.
        event.stopPropagation();
        form.onSubmit((values) => {
          if (!faulty) create.mutate({ ...values, code: values.code.trim(), name: values.name.trim() });
        })(event);
      }}
      error={create.error}
      submit={t("items.create")}
      busy={create.isPending}
      size="lg"
      data-testid="create-item"
    >
      <ItemFields form={form} isNew />
      {mayWriteCosts && (
        <DecimalInput
          label={t("items.costOf", { company: company.code })}
          w={200}
          value={cost}
          onChange={setCost}
          error={faulty && t("lines.quantityFault.number")}
          data-testid="item-cost"
        />
      )}
    </FormDialog>
  );
}
