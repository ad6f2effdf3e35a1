import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Empty } from "@/parts/Notes";

/** Shown when a screen cannot be loaded (for example after an update of the program) or breaks. */
export function RouteFailed() {
  const { t } = useTranslation();
  return (
    <Empty icon="alert" title={t("frame.failed")} text={t("frame.failedText")}>
      <Button onClick={() => window.location.reload()}>{t("frame.reload")}</Button>
    </Empty>
  );
}
