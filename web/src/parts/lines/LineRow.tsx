import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { DecimalInput } from "../DecimalInput";
import { ItemPicker } from "../ItemPicker";
import { AvailableFigure } from "./AvailableFigure";
import { RemoveCell, ShortageRow } from "./LineEnd";
import classes from "./LineTable.module.css";
import { LotRow } from "./LotRow";
import type { Line, LineFault, LotsOf } from "./lines";

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
  const words = useWords();
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
          <AvailableFigure warehouseId={warehouseId} itemId={line.item?.id ?? ""} held={line.held} />
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
        <td className={classes.unit} data-title={t("lines.unit")}>
          {words.unit(line.item?.unit ?? "")}
        </td>
        <RemoveCell number={number} onRemove={onRemove} />
      </tr>
      <LotRow line={line} number={number} lots={lots} fault={fault} onChange={onChange} />
      <ShortageRow shortage={shortage} unit={line.item?.unit ?? ""} columns={5} />
    </>
  );
}
