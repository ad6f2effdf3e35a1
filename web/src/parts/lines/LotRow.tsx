import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BinInput } from "../BinInput";
import { DayInput } from "../DayInput";
import classes from "./LineTable.module.css";
import type { Line, LineFault, LotsOf } from "./lines";

type LotRowProps = {
  line: Line;
  number: number;
  warehouseId: string;
  lots: LotsOf | undefined;
  fault: LineFault | undefined;
  onChange: (changes: Partial<Line>) => void;
};

const placeholders = {
  in: undefined,
  out: "lines.lotChosen",
  named: undefined,
  held: "lines.anyLot",
} as const;

/** Below a line whose goods are told apart: which lot or piece it is; of what is held also from which bin. */
export function LotRow({ line, number, warehouseId, lots, fault, onChange }: LotRowProps) {
  const { t } = useTranslation();
  const tracking = line.item?.tracking ?? "none";
  const isTracked = tracking !== "none";
  if (lots === undefined || !(isTracked || (lots === "held" && line.item))) return null;
  const serial = tracking === "serial";
  return (
    <tr className={classes.lot}>
      <td />
      <td colSpan={5}>
        <Group gap="sm" align="flex-start">
          {isTracked && (
            <TextInput
              label={t(serial ? "lines.serial" : "lines.lot")}
              placeholder={placeholders[lots] && t(placeholders[lots])}
              withAsterisk={lots === "in"}
              maxLength={40}
              w={220}
              autoComplete="off"
              value={line.lot}
              onChange={(event) => onChange({ lot: event.currentTarget.value })}
              error={fault?.lot && t("lines.lotNeeded")}
              data-testid={`line-${number}-lot`}
            />
          )}
          {lots === "held" && (
            <BinInput
              label={t("lines.bin")}
              placeholder={t("lines.anyBin")}
              w={150}
              warehouseId={warehouseId}
              value={line.bin}
              onChange={(bin) => onChange({ bin })}
              data-testid={`line-${number}-bin`}
            />
          )}
          {lots === "in" && !serial && (
            <DayInput
              label={t("lines.expires")}
              w={150}
              clearable
              value={line.expires}
              onChange={(expires) => onChange({ expires })}
              data-testid={`line-${number}-expires`}
            />
          )}
        </Group>
      </td>
    </tr>
  );
}
