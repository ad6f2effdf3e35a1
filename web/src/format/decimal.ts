/** Decimals travel and stay as plain dotted strings ("-1234.5"); nothing here turns them into floating point. */

export type Locale = "en" | "tr";

const marks: Record<Locale, { point: string; group: string }> = {
  en: { point: ".", group: "," },
  tr: { point: ",", group: "." },
};

const plain = /^-?\d+(\.\d+)?$/;

/** "1234.5000" for a reader: grouped, trailing zeros dropped down to `fraction` digits, never rounded. */
export function formatDecimal(value: string, locale: Locale, fraction = 0): string {
  if (!plain.test(value)) return value;
  const { point, group } = marks[locale];
  const negative = value.startsWith("-");
  const [whole = "0", rest = ""] = value.replace("-", "").split(".");
  const digits = rest.replace(/0+$/, "").padEnd(fraction, "0");
  const grouped = whole.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, group);
  const sign = negative && /[1-9]/.test(whole + rest) ? "\u2212" : "";
  return sign + grouped + (digits === "" ? "" : point + digits);
}

/** What a person typed as a plain dotted string, or null when it is no number in their language. */
export function parseDecimal(typed: string, locale: Locale): string | null {
  const { point, group } = marks[locale];
  const text = typed
    .trim()
    .replace(/[\s\u00a0]/g, "")
    .replace("\u2212", "-");
  const [whole = "", rest, ...more] = text.split(point);
  if (more.length > 0 || !/^-?[\d.,]*$/.test(whole)) return null;
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+$`);
  if (whole.includes(group) && !grouped.test(whole)) return null;
  const digits = whole.replaceAll(group, "");
  const result = `${digits === "" ? "0" : digits}${rest ? `.${rest}` : ""}`;
  return /\d/.test(text) && plain.test(result) ? result : null;
}

export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  const difference = scaled(left, right);
  if (difference === null) return 0;
  const [a, b] = difference;
  return a === b ? 0 : a < b ? -1 : 1;
}

export function isPositive(value: string): boolean {
  return plain.test(value) && compareDecimals(value, "0") > 0;
}

export function isZero(value: string): boolean {
  return plain.test(value) && compareDecimals(value, "0") === 0;
}

export function addDecimals(values: readonly string[]): string {
  const places = Math.max(0, ...values.map((value) => fractionOf(value).length));
  const sum = values.reduce((all, value) => all + wholeOf(value, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${sum < 0n ? "-" : ""}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ""}`;
}

/** How large a part is of a whole, in percent and without its sign: for drawing, not for reckoning. */
export function percentOf(part: string, whole: string): number {
  const places = Math.max(fractionOf(part).length, fractionOf(whole).length);
  const [of, all] = [wholeOf(part, places), wholeOf(whole, places)];
  const share = all === 0n ? 0n : (10_000n * of) / all;
  return Number(share < 0n ? -share : share) / 100;
}

/** The value as a whole number of its digit at this place. */
const wholeOf = (value: string, places: number) =>
  BigInt((value.split(".")[0] ?? "0") + fractionOf(value).padEnd(places, "0"));

/** Both values as whole numbers of the finer one's last digit. */
function scaled(left: string, right: string): [bigint, bigint] | null {
  if (!plain.test(left) || !plain.test(right)) return null;
  const places = Math.max(fractionOf(left).length, fractionOf(right).length);
  return [wholeOf(left, places), wholeOf(right, places)];
}

const fractionOf = (value: string) => value.split(".")[1] ?? "";
