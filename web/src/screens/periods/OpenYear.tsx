import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { openYear } from "@/api/system";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { Empty, ProblemNote } from "@/parts/Notes";
import { useCompany, useMay } from "@/session/company";

/** A year without periods, with the way to get them. */
export function OpenYear({ year }: { year: number }) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayOpen = useMay("company.period.close");
  const queryClient = useQueryClient();
  const open = useIntent(openYear, {
    onSuccess: async () => {
      notifications.show({ message: t("periods.yearOpened", { year }) });
      await queryClient.invalidateQueries({ queryKey: ["periods", companyId] });
    },
  });
  return (
    <>
      <ProblemNote error={open.error} />
      <Empty icon="periods" title={t("periods.empty")} text={mayOpen ? t("periods.emptyText") : undefined}>
        {mayOpen && (
          <ConfirmButton
            title={t("periods.openYearTitle", { year })}
            text={t("periods.openYearText")}
            confirm={t("periods.openYear", { year })}
            loading={open.isPending}
            onConfirm={() => open.mutate({ companyId, year })}
            data-testid="open-year"
          >
            {t("periods.openYear", { year })}
          </ConfirmButton>
        )}
      </Empty>
    </>
  );
}
