import { useQueryClient } from "@tanstack/react-query";
import type { Unit } from "@/api/types";
import { unitQuery } from "@/api/units";
import { useCompany } from "@/session/company";

/** Shows a pallet as it is now, and lists with its goods anew. */
export function useUnitChanged() {
  const queryClient = useQueryClient();
  const companyId = useCompany().id;
  return async (unit: Unit) => {
    queryClient.setQueryData(unitQuery(unit.sscc).queryKey, unit);
    await Promise.all(
      ["handling-units", "places", "stock", "movements"].map((topic) =>
        queryClient.invalidateQueries({ queryKey: [topic, companyId] }),
      ),
    );
  };
}
