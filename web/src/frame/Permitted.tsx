import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Empty } from "@/parts/Notes";
import { useMay } from "@/session/company";

/** A screen for those who may use it. What was typed about one record never shows up on the next one. */
export function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  const { id } = useParams();
  return useMay(permission) ? <Fragment key={id}>{children}</Fragment> : <Refused />;
}

export function Refused() {
  const { t } = useTranslation();
  return <Empty icon="lock" title={t("frame.refused")} text={t("frame.refusedText")} />;
}
