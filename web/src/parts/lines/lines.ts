import type { StockLine } from "@/api/inventory";
import { isPositive, type Locale, parseDecimal } from "@/format/decimal";
import type { PickedItem } from "../ItemPicker";

/** One line as it is being typed; `quantity` is the text in the field. */
export type Line = { key: string; item: PickedItem | null; quantity: string };

export type LineFault = { item?: "needed" | "twice"; quantity?: "needed" | "number" | "positive" };

let made = 0;

export function emptyLine(item: PickedItem | null = null): Line {
  made += 1;
  return { key: `line-${made}`, item, quantity: "" };
}

export const isBlank = (line: Line) => line.item === null && line.quantity.trim() === "";

/** The lines that count: blank ones are left out, unless all are blank. */
export function filledLines(lines: readonly Line[]): Line[] {
  const filled = lines.filter((line) => !isBlank(line));
  return filled.length > 0 ? filled : lines.slice(0, 1);
}

/** What is wrong with each line, by its key; an empty object means that all may be sent. */
export function faultsOf(lines: readonly Line[], locale: Locale): Record<string, LineFault> {
  const faults: Record<string, LineFault> = {};
  const seen = new Set<string>();
  for (const { key, item, quantity } of filledLines(lines)) {
    const fault: LineFault = {};
    if (item === null) fault.item = "needed";
    else if (seen.has(item.id)) fault.item = "twice";
    else seen.add(item.id);
    const parsed = parseDecimal(quantity, locale);
    if (quantity.trim() === "") fault.quantity = "needed";
    else if (parsed === null) fault.quantity = "number";
    else if (!isPositive(parsed)) fault.quantity = "positive";
    if (fault.item || fault.quantity) faults[key] = fault;
  }
  return faults;
}

/** The lines as they are sent; only to be asked for when there are no faults. */
export function sentLines(lines: readonly Line[], locale: Locale): StockLine[] {
  return filledLines(lines).map(({ item, quantity }) => ({
    itemId: item?.id ?? "",
    quantity: parseDecimal(quantity, locale) ?? "",
  }));
}
