import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { warehousesQuery } from "@/api/inventory";
import { addressOf } from "@/api/lists";
import { mailStock } from "@/api/mails";
import { HistoryButton } from "@/parts/HistoryButton";
import { useList } from "@/parts/list/useList";
import { SendByMail } from "@/parts/mail/SendByMail";
import { PrintButton } from "@/parts/PrintButton";
import { useMay } from "@/session/company";

const rowsOfWarehouse = ["inventory.warehouse", "inventory.bin"];

/** The list as it is filtered, on paper and by mail; of one warehouse also what became of it. */
export function StockOut({ companyId }: { companyId: string }) {
  const { t } = useTranslation();
  const maySend = useMay("inventory.stock.send");
  const { query } = useList("stock", true);
  const { data: warehouses } = useQuery(warehousesQuery(companyId));
  const only = warehouses?.find(({ code }) => query.filter.includes(`warehouse:is:${code}`));
  const address = addressOf(query).toString();
  return (
    <>
      {only && <HistoryButton name={only.code} entities={rowsOfWarehouse} of={only.id} />}
      <PrintButton href={`/api/v1/stock/pdf?${address}`} />
      {maySend && (
        <SendByMail
          title={t("stock.send")}
          send={(letter, key) => mailStock({ ...letter, companyId, query: address }, key)}
        />
      )}
    </>
  );
}
