import { useTranslation } from "react-i18next";
import { createSite, sitesQuery } from "@/api/access";
import { NewByCode } from "@/parts/NewByCode";
import { useMay } from "@/session/company";

const longest = { code: 20, name: 100 };

export function NewSite() {
  const { t } = useTranslation();
  if (!useMay("company.site.write")) return null;
  return (
    <NewByCode
      of="site"
      title={t("devices.newSite")}
      created={(code) => t("devices.siteCreated", { code })}
      create={createSite}
      queryKey={sitesQuery.queryKey}
      longest={longest}
    />
  );
}
