import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/parts/Notes";
import { useMay } from "@/session/company";

export function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  return useMay(permission) ? children : <Refused />;
}

export function Refused() {
  const { t } = useTranslation();
  return <Empty icon="lock" title={t("frame.refused")} text={t("frame.refusedText")} />;
}
