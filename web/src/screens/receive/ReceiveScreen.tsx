import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useIntent } from "@/api/intent";
import { receiveStock } from "@/api/inventory";
import { useFormat } from "@/format/useFormat";
import { BinInput } from "@/parts/BinInput";
import { DocumentDone } from "@/parts/lines/DocumentDone";
import { DocumentFields } from "@/parts/lines/DocumentFields";
import { OwnerField } from "@/parts/lines/OwnerField";
import { useDocumentForm } from "@/parts/lines/useDocumentForm";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany } from "@/session/company";

/** Goods in. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const companyId = useCompany().id;
  const document = useDocumentForm({ lots: "in" });
  const [params] = useSearchParams();
  const [bin, setBin] = useState(params.get("toBin") ?? "");
  const receive = useIntent(receiveStock);
  const again = () => {
    receive.reset();
    document.clear();
  };
  return (
    <Frame title={t("receive.title")} lead={t("receive.lead")} narrow>
      {receive.data ? (
        <DocumentDone
          title={t("receive.done")}
          number={receive.data.number}
          text={t("receive.doneText", {
            count: receive.data.lines.length,
            total: format.money(receive.data.total),
            currency: receive.data.currency,
          })}
          labels={`/api/v1/receipts/${encodeURIComponent(receive.data.number)}/labels/pdf?companyId=${companyId}`}
          again={t("receive.again")}
          onAgain={again}
        />
      ) : (
        <DocumentFields
          document={document}
          submitLabel={t("receive.submit")}
          referenceLabel={t("receive.reference")}
          referenceHint={t("receive.referenceHint")}
          error={receive.error}
          sending={receive.isPending}
          onSubmit={() =>
            document.submit(({ warehouseId, date, reference, ownerId }, lines) =>
              receive.mutate({ warehouseId, date, reference, ownerId, bin, lines }),
            )
          }
        >
          <BinInput
            label={t("transfer.toBin")}
            placeholder="MAIN"
            w={210}
            warehouseId={document.form.values.warehouseId}
            value={bin}
            onChange={setBin}
            data-testid="toBin"
          />
          <OwnerField document={document} />
        </DocumentFields>
      )}
    </Frame>
  );
}
