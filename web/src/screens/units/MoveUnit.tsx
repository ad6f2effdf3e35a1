import { Button, Checkbox, Group, Paper, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import type { Unit } from "@/api/types";
import { moveUnit } from "@/api/units";
import { todayIn } from "@/format/date";
import { BinInput } from "@/parts/BinInput";
import { DayInput } from "@/parts/DayInput";
import { ProblemNote } from "@/parts/Notes";
import { beep } from "@/parts/scan";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany } from "@/session/company";
import { useUnitChanged } from "./useUnitChanged";

/** Where a pallet goes: the bin is scanned, and Enter moves it. */
export function MoveUnit({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const changed = useUnitChanged();
  const today = todayIn(useCompany().timeZone);
  const [to, setTo] = useState({ warehouseId: unit.warehouseId, bin: "", date: today, underWay: false });
  const moving = useIntent(moveUnit, {
    onSuccess: async (moved) => {
      beep(true);
      const { warehouseCode: warehouse, bin } = moved.unit;
      notifications.show({
        message: moved.document
          ? t("units.transferred", { warehouse, bin, document: moved.document })
          : t("units.moved", { warehouse, bin }),
      });
      await changed(moved.unit);
    },
    onError: () => beep(false),
  });
  const away = to.warehouseId !== unit.warehouseId;
  const arrives = unit.goods.some(({ status }) => status === "transit");
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        moving.mutate({
          sscc: unit.sscc,
          ...to,
          bin: to.bin || (away || arrives ? "MAIN" : ""),
          underWay: to.underWay && away,
        });
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <BinInput
            label={t("units.toBin")}
            placeholder="MAIN"
            w={180}
            warehouseId={to.warehouseId}
            value={to.bin}
            onChange={(bin) => setTo((old) => ({ ...old, bin }))}
            autoFocus
            data-testid="unit-to-bin"
          />
          <WarehouseSelect
            label={t("lines.warehouse")}
            w={220}
            value={to.warehouseId}
            onChange={(warehouseId) => setTo((old) => ({ ...old, warehouseId }))}
            allowDeselect={false}
            data-testid="unit-to-warehouse"
          />
          {(away || arrives) && (
            <DayInput
              label={t("lines.date")}
              w={150}
              value={to.date}
              onChange={(date) => setTo((old) => ({ ...old, date }))}
              data-testid="unit-date"
            />
          )}
          <Button
            type="submit"
            loading={moving.isPending}
            disabled={to.bin === "" && !away && !arrives}
            data-testid="unit-move"
          >
            {arrives && !away ? t("units.arrived") : t("units.move")}
          </Button>
        </Group>
        {away && (
          <Checkbox
            label={t("units.underWay")}
            description={t("units.underWayHint")}
            checked={to.underWay}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setTo((old) => ({ ...old, underWay: checked }));
            }}
            data-testid="unit-under-way"
          />
        )}
        {moving.error && <ProblemNote error={moving.error} />}
      </Stack>
    </Paper>
  );
}
