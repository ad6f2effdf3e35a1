import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons";

/** Saves a document as PDF, in the language of the screen. */
export function PrintButton({ href, label }: { href: string; label?: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "tr" ? "tr" : "en";
  return (
    <Button
      component="a"
      href={`${href}${href.includes("?") ? "&" : "?"}language=${language}`}
      download
      variant="default"
      leftSection={<Icon name="print" size={16} />}
      data-testid="print"
    >
      {label ?? t("common.pdf")}
    </Button>
  );
}
