import { useTranslation } from "react-i18next";
import { mailStock } from "@/api/mails";
import { SendByMail } from "@/parts/mail/SendByMail";
import { PrintButton } from "@/parts/PrintButton";
import { useMay } from "@/session/company";

type StockOutProps = { companyId: string; warehouseId: string; search: string };

/** The list as it is filtered, on paper; and by mail, by warehouse. */
export function StockOut({ companyId, warehouseId, search }: StockOutProps) {
  const { t } = useTranslation();
  const maySend = useMay("inventory.stock.send");
  const query = new URLSearchParams({
    companyId,
    ...(warehouseId !== "" && { warehouseId }),
    ...(search !== "" && { search }),
  });
  return (
    <>
      <PrintButton href={`/api/v1/stock/pdf?${query}`} />
      {maySend && (
        <SendByMail
          title={t("stock.send")}
          send={(letter, key) =>
            mailStock({ ...letter, companyId, warehouseId: warehouseId === "" ? null : warehouseId }, key)
          }
        />
      )}
    </>
  );
}
