import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AdjustmentState } from "@/api/adjustments";

const colors: Record<AdjustmentState, string> = {
  draft: "gray",
  waiting: "yellow",
  posted: "green",
  rejected: "red",
  withdrawn: "gray",
};

export function StateBadge({ state: code }: { state: string }) {
  const { t } = useTranslation();
  const state = code as AdjustmentState;
  return (
    <Badge color={colors[state]} variant="light" data-testid="state" data-state={state}>
      {t(`adjustmentState.${state}`)}
    </Badge>
  );
}
