import { useTranslation } from "react-i18next";
import { createWarehouse } from "@/api/inventory";
import { NewByCode } from "@/parts/NewByCode";
import { useMay } from "@/session/company";

const queryKey = ["warehouses"];
const longest = { code: 30, name: 200 };

export function NewWarehouse() {
  const { t } = useTranslation();
  if (!useMay("inventory.warehouse.write")) return null;
  return (
    <NewByCode
      of="warehouse"
      title={t("warehouse.new")}
      created={(code) => t("warehouse.created", { code })}
      create={createWarehouse}
      queryKey={queryKey}
      longest={longest}
    />
  );
}
