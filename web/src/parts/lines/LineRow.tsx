import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { DecimalInput } from "../DecimalInput";
import { ItemPicker } from "../ItemPicker";
import { AvailableFigure } from "./AvailableFigure";
import { RemoveCell, ShortageRow } from "./LineEnd";
import classes from "./LineTable.module.css";
import { LotRow } from "./LotRow";
import type { Line, LineFault, LotsOf } from "./lines";
import { UnitCell } from "./UnitCell";

type LineRowProps = {
  line: Line;
  lots: LotsOf | undefined;
  number: number;
  warehouseId: string;
  fault: LineFault | undefined;
  shortage: Shortage | undefined;
  autoFocus: boolean;
  onChange: (changes: Partial<Line>) => void;
  onRemove: () => void;
  onEnter: () => void;
};

export function LineRow(props: LineRowProps) {
  const { line, lots, number, warehouseId, fault, shortage, autoFocus } = props;
  const { onChange, onRemove, onEnter } = props;
  const { t } = useTranslation();
  const quantityId = useId();
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <>
      <tr data-testid={`line-${number}`} data-short={shortage !== undefined || undefined}>
        <td className={classes.number}>{number}</td>
        <td className={classes.item}>
          <ItemPicker
            value={line.item}
            onChange={(item) =>
              onChange({
                item,
                unit: "",
                held: "",
                ...(item?.tracking === "serial" && line.quantity === "" && { quantity: "1" }),
              })
            }
            onLot={(lot, expires) => onChange({ lot, expires })}
            onPicked={() => document.getElementById(quantityId)?.focus()}
            label={t("lines.itemOf", { number })}
            hideLabel
            creates
            autoFocus={autoFocus}
            error={fault?.item && t(`lines.itemFault.${fault.item}`)}
            data-testid={`line-${number}-item`}
          />
        </td>
        <td className={classes.available} data-title={t("lines.available")}>
          <AvailableFigure
            warehouseId={warehouseId}
            itemId={line.item?.id ?? ""}
            held={line.held}
            unit={line.unit && line.item?.unit}
          />
        </td>
        <td data-title={t("lines.quantity")}>
          <DecimalInput
            id={quantityId}
            aria-label={t("lines.quantityOf", { number })}
            value={line.quantity}
            onChange={(quantity) => onChange({ quantity })}
            onKeyDown={enter}
            error={fault?.quantity && t(`lines.quantityFault.${fault.quantity}`)}
            data-testid={`line-${number}-quantity`}
          />
        </td>
        <UnitCell line={line} number={number} onChange={(unit) => onChange({ unit })} />
        <RemoveCell number={number} onRemove={onRemove} />
      </tr>
      <LotRow
        line={line}
        number={number}
        warehouseId={warehouseId}
        lots={lots}
        fault={fault}
        onChange={onChange}
      />
      <ShortageRow shortage={shortage} unit={line.item?.unit ?? ""} columns={5} />
    </>
  );
}
