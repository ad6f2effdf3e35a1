import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/parts/Notes";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty title={t("frame.notFound")} text={t("frame.notFoundText")}>
      <Button component={Link} to="/" variant="default">
        {t("frame.toStart")}
      </Button>
    </Empty>
  );
}
