import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useIntent } from "@/api/intent";
import { issueStock } from "@/api/inventory";
import type { IssueReason } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { DocumentDone } from "@/parts/lines/DocumentDone";
import { DocumentFields } from "@/parts/lines/DocumentFields";
import { OwnerField } from "@/parts/lines/OwnerField";
import { useDocumentForm } from "@/parts/lines/useDocumentForm";
import { Screen as Frame } from "@/parts/Screen";

const reasons: readonly IssueReason[] = ["consumption", "sale", "scrap", "return"];

/** Goods out. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const document = useDocumentForm({ lots: "out" });
  const [params] = useSearchParams();
  const reservationId = params.get("reservation");
  const [reason, setReason] = useState<IssueReason>(reservationId ? "sale" : "consumption");
  const issue = useIntent(issueStock);
  const navigate = useNavigate();
  const again = () => {
    issue.reset();
    document.clear();
    navigate("/issue", { replace: true });
  };
  return (
    <Frame
      title={t("issue.title")}
      lead={reservationId ? t("issue.leadFor", { demand: document.form.values.reference }) : t("issue.lead")}
      narrow
    >
      {issue.data ? (
        <DocumentDone
          title={t("issue.done")}
          number={issue.data.number}
          text={t("issue.doneText", {
            count: issue.data.lines.length,
            total: format.money(issue.data.total),
            currency: issue.data.currency,
          })}
          again={t("issue.again")}
          onAgain={again}
        />
      ) : (
        <DocumentFields
          document={document}
          submitLabel={t("issue.submit")}
          referenceLabel={t("issue.reference")}
          referenceHint={t("issue.referenceHint")}
          error={issue.error}
          sending={issue.isPending}
          onSubmit={() =>
            document.submit(({ warehouseId, date, reference, ownerId }, lines) =>
              issue.mutate({
                warehouseId,
                date,
                reason,
                reference,
                ownerId,
                bin: params.get("bin"),
                reservationId,
                lines,
              }),
            )
          }
        >
          <Select
            label={t("issue.reason")}
            data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={reason}
            onChange={(value) => value && setReason(value as IssueReason)}
            allowDeselect={false}
            w={170}
            data-testid="reason"
          />
          {reservationId === null && <OwnerField document={document} />}
        </DocumentFields>
      )}
    </Frame>
  );
}
