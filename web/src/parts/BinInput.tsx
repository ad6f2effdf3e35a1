import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { binNamesQuery } from "@/api/bins";
import { useMay } from "@/session/company";
import { readSscc } from "./scan";

type BinInputProps = Omit<AutocompleteProps, "data" | "onChange"> & {
  warehouseId: string;
  onChange: (bin: string) => void;
};

/** A bin by its name, or a pallet by its number: typed, scanned or chosen. */
export function BinInput({ warehouseId, onChange, ...rest }: BinInputProps) {
  const mayRead = useMay("inventory.stock.read");
  const { data } = useQuery({ ...binNamesQuery(warehouseId), enabled: warehouseId !== "" && mayRead });
  return (
    <Autocomplete
      {...rest}
      onChange={(text) => onChange(readSscc(text) ?? text.trim())}
      data={data?.items.filter(({ closedAt }) => closedAt === null).map(({ code }) => code) ?? []}
      limit={50}
      maxLength={40}
      openOnFocus={false}
      autoComplete="off"
    />
  );
}
