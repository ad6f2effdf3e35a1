import { type Locale, parseDecimal } from "@/format/decimal";

/** A line as it came from a spreadsheet: which cells are what shows in what they hold, whatever their order. */
export type PastedLine = { code: string; figure: string; choices: Record<string, string> };

/** What a cell may name beside the item and the figure: a warehouse, a reason. In small letters, with the value it stands for. */
export type PastedChoices = Record<string, ReadonlyMap<string, string>>;

/** The cells of a pasted range, or null when it is a plain text that belongs into the one field. */
export function cellsOf(text: string): string[][] | null {
  if (!/[\t\n]/.test(text.trim())) return null;
  return text
    .split(/\r?\n/)
    .map((row) => row.split("\t").map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ""));
}

/** Reads the lines; a first row without any figure is taken for headings. */
export function linesFrom(cells: string[][], choices: PastedChoices, locale: Locale): PastedLine[] {
  const lines = cells.map((row) => lineFrom(row, choices, locale));
  const [first, ...rest] = lines;
  return first?.figure === "" && rest.some(({ figure }) => figure !== "") ? rest : lines;
}

function lineFrom(row: string[], choices: PastedChoices, locale: Locale): PastedLine {
  const line: PastedLine = { code: "", figure: "", choices: {} };
  for (const cell of row) {
    const named = Object.entries(choices).find(([, known]) => known.has(cell.toLocaleLowerCase(locale)));
    if (cell === "") continue;
    if (named) line.choices[named[0]] = named[1].get(cell.toLocaleLowerCase(locale)) ?? "";
    // The first text is the item's code, also when it consists of digits.
    else if (line.code === "") line.code = cell;
    else if (line.figure === "" && parseDecimal(cell.replace(/^\+/, ""), locale) !== null) line.figure = cell;
  }
  return line;
}
