import { Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { warehousesQuery } from "@/api/inventory";
import { useCompany } from "@/session/company";

type WarehouseSelectProps = Omit<SelectProps, "data" | "value" | "onChange"> & {
  value: string;
  onChange: (warehouseId: string) => void;
};

export function WarehouseSelect({ value, onChange, ...rest }: WarehouseSelectProps) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery(warehousesQuery(useCompany().id));
  const options = data?.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` })) ?? [];
  return (
    <Select
      {...rest}
      searchable
      data={options}
      value={options.some((option) => option.value === value) ? value : null}
      onChange={(picked) => onChange(picked ?? "")}
      nothingFoundMessage={isPending ? t("common.loading") : t("common.nothingFound")}
    />
  );
}
