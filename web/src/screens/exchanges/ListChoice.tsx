import { Group, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ListName, viewsQuery } from "@/api/lists";
import { useMay } from "@/session/company";
import { type ExchangeValues, withoutCompany } from "./form";

const sent = ["items", "partners", "stock", "movements", "adjustments", "vouchers"] as const;

/** The rows that go out: a list as one of its saved views shows it, or as its address says. */
export function ListChoice({ form }: { form: UseFormReturnType<ExchangeValues> }) {
  const { t } = useTranslation();
  const mayReadStock = useMay("inventory.stock.read");
  const may = {
    items: useMay("catalog.item.read"),
    partners: useMay("catalog.partner.read"),
    stock: mayReadStock,
    movements: mayReadStock,
    adjustments: mayReadStock,
    vouchers: useMay("accounting.voucher.read"),
  };
  const lists = sent.filter((name) => may[name]);
  const { subject } = form.values;
  const views = useQuery({
    ...viewsQuery(subject as ListName),
    enabled: lists.some((name) => name === subject),
  });
  return (
    <>
      <Group grow>
        <Select
          label={t("exchanges.list")}
          data={lists.map((name) => ({ value: name, label: t(`nav.${name}`) }))}
          allowDeselect={false}
          {...form.getInputProps("subject")}
          data-testid="exchange-list"
        />
        <Select
          label={t("exchanges.view")}
          placeholder={t("exchanges.allRows")}
          data={(views.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) =>
            form.setFieldValue(
              "query",
              withoutCompany(views.data?.find((view) => view.id === id)?.query ?? ""),
            )
          }
          clearable
        />
      </Group>
      <TextInput
        label={t("exchanges.query")}
        description={t("exchanges.queryHelp")}
        {...form.getInputProps("query")}
        data-testid="exchange-query"
      />
    </>
  );
}
