import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { partnerQuery, partnerSearchQuery } from "@/api/partners";
import type { Partner } from "@/api/types";
import { useMay } from "@/session/company";

type PartnerSelectProps = Omit<SelectProps, "data" | "value" | "onChange"> & {
  value: string;
  onChange: (partnerId: string) => void;
};

type Named = Pick<Partner, "id" | "code" | "name">;

const labelOf = ({ code, name }: Named) => `${code} · ${name}`;

/** Finds a customer or supplier by code or name on the server; who may not see them is not asked. */
export function PartnerSelect({ value, onChange, ...rest }: PartnerSelectProps) {
  const { t } = useTranslation();
  const mayRead = useMay("catalog.partner.read");
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<Named | null>(null);
  const [search] = useDebouncedValue(picked && typed === labelOf(picked) ? "" : typed.trim(), 150);
  const { data, isFetching } = useQuery({
    ...partnerSearchQuery(search),
    enabled: mayRead,
    placeholderData: keepPreviousData,
  });
  const { data: named } = useQuery({
    ...partnerQuery(value),
    enabled: mayRead && value !== "" && picked?.id !== value,
  });
  if (!mayRead) return null;
  const chosen = picked?.id === value ? picked : named?.partner;
  const found = data?.items ?? [];
  const shown = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      {...rest}
      searchable
      clearable
      data={shown.map((one) => ({ value: one.id, label: labelOf(one) }))}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        setPicked(shown.find((one) => one.id === id) ?? null);
        onChange(id ?? "");
      }}
      filter={({ options }) => options}
      nothingFoundMessage={isFetching ? t("common.loading") : t("common.nothingFound")}
    />
  );
}
