import type { StockLine } from "@/api/inventory";
import { isPositive, type Locale, parseDecimal } from "@/format/decimal";
import type { PickedItem } from "../ItemPicker";

/** One line as it is being typed; `quantity` is the text in the field. */
export type Line = {
  key: string;
  item: PickedItem | null;
  quantity: string;
  /** In which unit, where it is not the item's own. */
  unit: string;
  lot: string;
  bin: string;
  expires: string;
  /** What the reservation that is issued holds for it; nobody else finds it available. */
  held: string;
  /** What was on its way and comes with it. */
  expected: string;
};

/**
 * Whether a form asks for lots: of goods that come in each has one, of goods that go out it may be left to the server. What is
 * held of certain goods may be of a lot, or from a bin.
 */
export type LotsOf = "in" | "out" | "named" | "held";

export type LineFault = {
  item?: "needed" | "twice";
  quantity?: "needed" | "number" | "positive";
  lot?: "needed";
};

let made = 0;

export function emptyLine(item: PickedItem | null = null): Line {
  made += 1;
  return {
    key: `line-${made}`,
    item,
    quantity: "",
    unit: "",
    lot: "",
    bin: "",
    expires: "",
    held: "",
    expected: "",
  };
}

export const isBlank = (line: Line) => line.item === null && line.quantity.trim() === "";

/** The lines that count: blank ones are left out, unless all are blank. */
export function filledLines(lines: readonly Line[]): Line[] {
  const filled = lines.filter((line) => !isBlank(line));
  return filled.length > 0 ? filled : lines.slice(0, 1);
}

/** What is wrong with each line, by its key; an empty object means that all may be sent. */
export function faultsOf(lines: readonly Line[], locale: Locale, lots?: LotsOf): Record<string, LineFault> {
  const faults: Record<string, LineFault> = {};
  const seen = new Set<string>();
  for (const { key, item, quantity, lot, bin } of filledLines(lines)) {
    const fault: LineFault = {};
    const isTracked = lots !== undefined && (item?.tracking ?? "none") !== "none";
    const place = [item?.id ?? "", isTracked && lot.trim(), lots === "held" && bin.trim()].join(" ");
    if (item === null) fault.item = "needed";
    else if (seen.has(place)) fault.item = "twice";
    else seen.add(place);
    if (lots === "in" && isTracked && lot.trim() === "") fault.lot = "needed";
    const parsed = parseDecimal(quantity, locale);
    if (quantity.trim() === "") fault.quantity = "needed";
    else if (parsed === null) fault.quantity = "number";
    else if (!isPositive(parsed)) fault.quantity = "positive";
    if (fault.item || fault.quantity || fault.lot) faults[key] = fault;
  }
  return faults;
}

/** The lines as they are sent; only to be asked for when there are no faults. */
export function sentLines(lines: readonly Line[], locale: Locale, lots?: LotsOf): StockLine[] {
  return filledLines(lines).map(({ item, quantity, unit, lot, bin, expires, expected }) => ({
    itemId: item?.id ?? "",
    quantity: parseDecimal(quantity, locale) ?? "",
    unit: unit || null,
    ...(lots === "held" && { lot: lot.trim() || null, bin: bin.trim() || null }),
    ...(lots && lots !== "held" && { lot: lot.trim() || null, expires: (lots === "in" && expires) || null }),
    ...(lots === "in" && { expectedId: expected || null }),
  }));
}
