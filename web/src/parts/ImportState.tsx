import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

const colors = {
  new: "gray",
  checking: "blue",
  checked: "blue",
  running: "blue",
  done: "green",
  stopped: "yellow",
  failed: "red",
  undoing: "blue",
  undone: "gray",
} as const;

export function ImportState({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = state as keyof typeof colors;
  return (
    <Badge color={colors[known]} data-testid="import-state">
      {t(`imports.state.${known}`)}
    </Badge>
  );
}
