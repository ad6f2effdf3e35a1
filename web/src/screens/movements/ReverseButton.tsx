import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { reverseDocument } from "@/api/inventory";
import type { Movement } from "@/api/types";
import { todayIn } from "@/format/date";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { Icon } from "@/parts/icons";
import { useCompany } from "@/session/company";

/** Takes the whole document of a row back, as of today. */
export function ReverseButton({ row }: { row: Movement }) {
  const { t } = useTranslation();
  const { id: companyId, timeZone } = useCompany();
  const queryClient = useQueryClient();
  const words = useWords();
  const reverse = useIntent(reverseDocument, {
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
    onSuccess: async ({ number }) => {
      notifications.show({ message: t("movements.reversed", { document: row.number, number }) });
      await queryClient.invalidateQueries({ queryKey: ["movements", companyId] });
    },
  });
  return (
    <ConfirmButton
      size="compact-xs"
      variant="subtle"
      color="gray"
      px={5}
      title={t("movements.reverseTitle", { document: row.number })}
      text={t("movements.reverseText")}
      confirm={t("movements.reverse")}
      onConfirm={() => reverse.mutate({ companyId, document: row.number, date: todayIn(timeZone) })}
      loading={reverse.isPending}
      aria-label={t("movements.reverseDocument", { document: row.number })}
      data-testid="reverse"
    >
      <Icon name="undo" size={16} />
    </ConfirmButton>
  );
}
