import type { Adjustment, AdjustmentBody } from "@/api/adjustments";
import { formatDecimal, isZero, type Locale, parseDecimal } from "@/format/decimal";
import type { PickedItem } from "@/parts/ItemPicker";

/** A line as it is typed; bin and lot are kept as they came. */
export type DraftLine = {
  key: string;
  item: PickedItem | null;
  warehouseId: string;
  difference: string;
  reason: string;
  bin: string | null;
  lot: string | null;
  note: string | null;
};

export type DraftFault = { item?: true; warehouse?: true; difference?: "needed" | "number" | "zero" };

let made = 0;

export function emptyLine(warehouseId = ""): DraftLine {
  made += 1;
  const key = `line-${made}`;
  return { key, item: null, warehouseId, difference: "", reason: "count", bin: null, lot: null, note: null };
}

export const linesOf = ({ lines }: Adjustment, locale: Locale): DraftLine[] =>
  lines.map((line) => ({
    ...emptyLine(line.warehouseId),
    item: { id: line.itemId, code: line.itemCode, name: line.itemName, unit: line.unit },
    difference: formatDecimal(line.difference, locale),
    reason: line.reason,
    bin: line.bin,
    lot: line.lot === "" ? null : line.lot,
    note: line.note === "" ? null : line.note,
  }));

const filled = (lines: readonly DraftLine[]) => {
  const found = lines.filter(({ item, difference }) => item !== null || difference.trim() !== "");
  return found.length > 0 ? found : lines.slice(0, 1);
};

const plain = (typed: string, locale: Locale) => parseDecimal(typed.trim().replace(/^\+/, ""), locale);

export function faultsOf(lines: readonly DraftLine[], locale: Locale): Record<string, DraftFault> {
  const faults: Record<string, DraftFault> = {};
  for (const { key, item, warehouseId, difference } of filled(lines)) {
    const fault: DraftFault = {};
    if (item === null) fault.item = true;
    if (warehouseId === "") fault.warehouse = true;
    const parsed = plain(difference, locale);
    if (difference.trim() === "") fault.difference = "needed";
    else if (parsed === null) fault.difference = "number";
    else if (isZero(parsed)) fault.difference = "zero";
    if (Object.keys(fault).length > 0) faults[key] = fault;
  }
  return faults;
}

export const sentLines = (lines: readonly DraftLine[], locale: Locale): AdjustmentBody["lines"] =>
  filled(lines).map(({ item, warehouseId, difference, reason, bin, lot, note }) => ({
    itemId: item?.id ?? "",
    warehouseId,
    difference: plain(difference, locale) ?? "",
    reason,
    bin,
    lot,
    note,
  }));
