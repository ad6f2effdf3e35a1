import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "./icons";

/** Begins a new one that is like this one; the form for new ones reads it from its address. */
export function CopyButton({ to, id }: { to: string; id: string }) {
  const { t } = useTranslation();
  return (
    <Button
      component={Link}
      to={`${to}?like=${id}`}
      variant="default"
      leftSection={<Icon name="copy" size={15} />}
      data-testid="copy"
    >
      {t("common.duplicate")}
    </Button>
  );
}
