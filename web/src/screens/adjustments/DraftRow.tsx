import { Select } from "@mantine/core";
import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { adjustmentReasons } from "@/api/adjustments";
import type { Shortage } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { DecimalInput } from "@/parts/DecimalInput";
import { ItemPicker } from "@/parts/ItemPicker";
import { AvailableFigure } from "@/parts/lines/AvailableFigure";
import { RemoveCell, ShortageRow } from "@/parts/lines/LineEnd";
import classes from "@/parts/lines/LineTable.module.css";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import type { DraftFault, DraftLine } from "./lines";

type DraftRowProps = {
  line: DraftLine;
  number: number;
  fault: DraftFault | undefined;
  shortage: Shortage | undefined;
  onChange: (changes: Partial<DraftLine>) => void;
  onRemove: () => void;
  onEnter: () => void;
};

export function DraftRow({ line, number, fault, shortage, onChange, onRemove, onEnter }: DraftRowProps) {
  const { t } = useTranslation();
  const words = useWords();
  const differenceId = useId();
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <>
      <tr data-testid={`line-${number}`}>
        <td className={classes.number}>{number}</td>
        <td className={classes.item}>
          <ItemPicker
            value={line.item}
            onChange={(item) => onChange({ item })}
            onPicked={() => document.getElementById(differenceId)?.focus()}
            label={t("lines.itemOf", { number })}
            hideLabel
            creates
            error={fault?.item && t("lines.itemFault.needed")}
            data-testid={`line-${number}-item`}
          />
        </td>
        <td className={classes.warehouse} data-title={t("lines.warehouse")}>
          <WarehouseSelect
            aria-label={t("lines.warehouse")}
            value={line.warehouseId}
            onChange={(warehouseId) => onChange({ warehouseId })}
            error={fault?.warehouse && t("lines.warehouseNeeded")}
            comboboxProps={{ width: 260, position: "bottom-start" }}
            data-testid={`line-${number}-warehouse`}
          />
        </td>
        <td className={classes.available} data-title={t("lines.available")}>
          <AvailableFigure warehouseId={line.warehouseId} itemId={line.item?.id ?? ""} />
        </td>
        <td data-title={t("adjustments.difference")}>
          <DecimalInput
            id={differenceId}
            aria-label={t("adjustments.difference")}
            value={line.difference}
            onChange={(difference) => onChange({ difference })}
            onKeyDown={enter}
            error={fault?.difference && t(`adjustments.differenceFault.${fault.difference}`)}
            data-testid={`line-${number}-difference`}
          />
        </td>
        <td className={classes.unit} data-title={t("lines.unit")}>
          {words.unit(line.item?.unit ?? "")}
        </td>
        <td className={classes.reason} data-title={t("adjustments.reason")}>
          <Select
            aria-label={t("adjustments.reason")}
            data={adjustmentReasons.map((value) => ({ value, label: words.reason(value) }))}
            value={line.reason}
            onChange={(reason) => reason && onChange({ reason })}
            allowDeselect={false}
            comboboxProps={{ width: 200, position: "bottom-end" }}
            data-testid={`line-${number}-reason`}
          />
        </td>
        <RemoveCell number={number} onRemove={onRemove} />
      </tr>
      <ShortageRow shortage={shortage} unit={line.item?.unit ?? ""} columns={7} />
    </>
  );
}
