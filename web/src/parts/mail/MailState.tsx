import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

const colors: Record<string, string> = {
  queued: "blue",
  sent: "green",
  refused: "red",
  returned: "red",
  failed: "red",
};

export function MailState({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = ["queued", "sent", "refused", "returned", "failed"] as const;
  const name = known.find((one) => one === state);
  return (
    <Badge color={colors[state] ?? "gray"} data-testid="mail-state">
      {name ? t(`mails.state.${name}`) : state}
    </Badge>
  );
}
