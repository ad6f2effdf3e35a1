import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { binNamesQuery } from "@/api/bins";
import { useMay } from "@/session/company";

type BinInputProps = Omit<AutocompleteProps, "data"> & { warehouseId: string };

/** A bin by its name, typed, scanned or chosen. */
export function BinInput({ warehouseId, ...rest }: BinInputProps) {
  const mayRead = useMay("inventory.stock.read");
  const { data } = useQuery({ ...binNamesQuery(warehouseId), enabled: warehouseId !== "" && mayRead });
  return (
    <Autocomplete
      {...rest}
      data={data?.items.filter(({ closedAt }) => closedAt === null).map(({ code }) => code) ?? []}
      limit={50}
      maxLength={40}
      autoComplete="off"
    />
  );
}
