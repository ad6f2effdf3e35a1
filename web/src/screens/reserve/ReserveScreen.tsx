import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { reserveStock } from "@/api/inventory";
import { DocumentDone } from "@/parts/lines/DocumentDone";
import { DocumentFields } from "@/parts/lines/DocumentFields";
import { useDocumentForm } from "@/parts/lines/useDocumentForm";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany } from "@/session/company";

/** Promises stock to one demand: every line or none. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const document = useDocumentForm({ needsReference: true });
  const reserve = useIntent(reserveStock);
  const again = () => {
    reserve.reset();
    document.clear();
  };
  return (
    <Frame title={t("reserve.title")} lead={t("reserve.lead")} narrow>
      {reserve.data ? (
        <DocumentDone
          title={t("reserve.done")}
          number={reserve.data.demand}
          text={t("reserve.doneText", { count: reserve.data.lines.length })}
          leadsTo="reservations"
          again={t("reserve.again")}
          onAgain={again}
        />
      ) : (
        <DocumentFields
          document={document}
          submitLabel={t("reserve.submit")}
          referenceLabel={t("reserve.demand")}
          referenceHint={t("reserve.demandHint")}
          withDate={false}
          error={reserve.error}
          sending={reserve.isPending}
          onSubmit={() =>
            document.submit(({ warehouseId, reference }, lines) =>
              reserve.mutate({
                companyId,
                demand: reference,
                lines: lines.map((line) => ({ ...line, warehouseId })),
              }),
            )
          }
        />
      )}
    </Frame>
  );
}
