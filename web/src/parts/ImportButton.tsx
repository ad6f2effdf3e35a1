import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay } from "@/session/company";
import { Icon } from "./icons";

/** The way from a list to the import of what it holds. */
export function ImportButton({ kind, permission }: { kind: string; permission: string }) {
  const { t } = useTranslation();
  const mayImport = useMay("kernel.import.use");
  const mayWrite = useMay(permission);
  if (!mayImport || !mayWrite) return null;
  return (
    <Button
      component={Link}
      to={`/imports/new?kind=${kind}`}
      variant="default"
      leftSection={<Icon name="import" size={16} />}
      data-testid="import"
    >
      {t("imports.import")}
    </Button>
  );
}
