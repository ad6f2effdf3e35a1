import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import type { Unit } from "@/api/types";
import { dissolveUnit } from "@/api/units";
import { todayIn } from "@/format/date";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ProblemNote } from "@/parts/Notes";
import { useCompany } from "@/session/company";
import { useUnitChanged } from "./useUnitChanged";

/** Takes everything off a pallet, into the bin where it stands. */
export function DissolveUnit({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const changed = useUnitChanged();
  const date = todayIn(useCompany().timeZone);
  const dissolving = useIntent(dissolveUnit, {
    onSuccess: async (moved) => {
      notifications.show({
        message: moved.document
          ? t("units.unpacked", { document: moved.document, bin: moved.unit.bin })
          : t("units.givenUp"),
      });
      await changed(moved.unit);
    },
  });
  return (
    <>
      <ConfirmButton
        variant="default"
        title={t("units.dissolve")}
        text={unit.goods.length === 0 ? t("units.dissolveEmpty") : t("units.dissolveText", { bin: unit.bin })}
        confirm={t("units.dissolve")}
        onConfirm={() => dissolving.mutate({ sscc: unit.sscc, date })}
        loading={dissolving.isPending}
        data-testid="unit-dissolve"
      >
        {t("units.dissolve")}
      </ConfirmButton>
      {dissolving.error && <ProblemNote error={dissolving.error} />}
    </>
  );
}
