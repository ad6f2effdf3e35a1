import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type StockLine, warehousesQuery } from "@/api/inventory";
import { todayIn } from "@/format/date";
import { useFormat, useLocale } from "@/format/useFormat";
import { useCompany } from "@/session/company";
import { faultsOf, type LineFault, type LotsOf, sentLines } from "./lines";
import { useLines } from "./useLines";

/** What the three stock forms share: head fields, lines, their checks, and the prefill from the address. */
export function useDocumentForm({
  needsReference = false,
  lots,
}: {
  needsReference?: boolean;
  lots?: LotsOf;
} = {}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { id: companyId, timeZone } = useCompany();
  const [params] = useSearchParams();
  const format = useFormat();
  const quantityOf = (quantity = "") => quantity && format.quantity(quantity);
  const lines = useLines(
    params.getAll("item").map((item, at) => ({
      item,
      quantity: quantityOf(params.getAll("quantity")[at]),
      lot: params.getAll("lot")[at] ?? "",
      expected: params.getAll("expected")[at] ?? "",
      held: params.has("reservation") ? (params.getAll("quantity")[at] ?? "") : "",
    })),
  );
  const [faults, setFaults] = useState<Record<string, LineFault>>({});
  const form = useForm({
    initialValues: {
      warehouseId: params.get("warehouse") ?? "",
      date: todayIn(timeZone),
      reference: params.get("reference") ?? "",
      ownerId: params.get("owner") ?? "",
    },
    validate: {
      warehouseId: (value) => (value === "" ? t("lines.warehouseNeeded") : null),
      date: (value) => (value === "" ? t("lines.dateNeeded") : null),
      reference: (value) => (needsReference && value.trim() === "" ? t("lines.demandNeeded") : null),
    },
  });
  const { data: warehouses } = useQuery(warehousesQuery(companyId));
  const only = warehouses?.length === 1 ? warehouses[0]?.id : undefined;
  const { setFieldValue, values } = form;
  useEffect(() => {
    if (only && values.warehouseId === "") setFieldValue("warehouseId", only);
  }, [only, values.warehouseId, setFieldValue]);

  const change: typeof lines.change = (key, changes) => {
    setFaults(({ [key]: _, ...others }) => others);
    // Another item does not come with the same order.
    lines.change(key, "item" in changes ? { ...changes, expected: "" } : changes);
  };

  return {
    form,
    lots,
    lines: { ...lines, change },
    faults,
    /** Checks everything and hands what is right to `send`. */
    submit: (send: (head: typeof values, sent: StockLine[]) => void) => {
      const found = faultsOf(lines.lines, locale, lots);
      setFaults(found);
      const { hasErrors } = form.validate();
      if (!hasErrors && Object.keys(found).length === 0)
        send({ ...values, reference: values.reference.trim() }, sentLines(lines.lines, locale, lots));
    },
    clear: () => {
      setFaults({});
      lines.reset();
      setFieldValue("reference", "");
    },
  };
}

export type DocumentForm = ReturnType<typeof useDocumentForm>;
