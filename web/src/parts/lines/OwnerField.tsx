import { useTranslation } from "react-i18next";
import { PartnerSelect } from "../PartnerSelect";
import type { DocumentForm } from "./useDocumentForm";

/** Whose goods the lines are, where they are not the company's own. */
export function OwnerField({ document: { form } }: { document: DocumentForm }) {
  const { t } = useTranslation();
  return (
    <PartnerSelect
      label={t("lines.owner")}
      placeholder={t("lines.ownerOwn")}
      w={240}
      value={form.values.ownerId}
      onChange={(ownerId) => form.setFieldValue("ownerId", ownerId)}
      data-testid="owner"
    />
  );
}
