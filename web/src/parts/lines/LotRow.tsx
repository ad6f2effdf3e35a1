import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayInput } from "../DayInput";
import classes from "./LineTable.module.css";
import type { Line, LineFault, LotsOf } from "./lines";

type LotRowProps = {
  line: Line;
  number: number;
  lots: LotsOf | undefined;
  fault: LineFault | undefined;
  onChange: (changes: Partial<Line>) => void;
};

/** Below a line whose goods are told apart: which lot or piece it is. */
export function LotRow({ line, number, lots, fault, onChange }: LotRowProps) {
  const { t } = useTranslation();
  const tracking = line.item?.tracking ?? "none";
  if (lots === undefined || tracking === "none") return null;
  const serial = tracking === "serial";
  return (
    <tr className={classes.lot}>
      <td />
      <td colSpan={5}>
        <Group gap="sm" align="flex-start">
          <TextInput
            label={t(serial ? "lines.serial" : "lines.lot")}
            placeholder={lots === "out" ? t("lines.lotChosen") : undefined}
            withAsterisk={lots === "in"}
            maxLength={40}
            w={220}
            autoComplete="off"
            value={line.lot}
            onChange={(event) => onChange({ lot: event.currentTarget.value })}
            error={fault?.lot && t("lines.lotNeeded")}
            data-testid={`line-${number}-lot`}
          />
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
