/** One condition of a list as it stands in the address: `kind:is:raw|semi`. */
export type Condition = { column: string; how: string; values: string[] };

export function parseCondition(text: string): Condition {
  const [column = "", how = "", ...rest] = text.split(":");
  const values: string[] = [];
  let one = "";
  const raw = rest.join(":");
  for (let at = 0; at < raw.length; at++) {
    const letter = raw[at] ?? "";
    if (letter === "|") {
      values.push(one);
      one = "";
    } else if (letter === "\\" && at + 1 < raw.length) {
      at += 1;
      one += raw[at];
    } else one += letter;
  }
  return { column, how, values: [...values, one] };
}

export function writeCondition({ column, how, values }: Condition): string {
  const escaped = values.map((value) => value.replace(/[\\|]/g, (letter) => `\\${letter}`));
  return `${column}:${how}:${escaped.join("|")}`;
}

/** What may be asked of a column of that kind; the first is the usual one. */
export const waysOf: Record<string, readonly string[]> = {
  text: ["has", "starts", "is", "not", "empty", "filled"],
  choice: ["is", "not"],
  flag: ["is"],
  number: ["is", "from", "to", "between", "empty"],
  date: ["from", "to", "between", "is"],
  instant: ["from", "to", "between"],
  id: ["is"],
};

/** How many values a way takes: none, one, two, or as many as one likes. */
export function arity(how: string, kind: string): 0 | 1 | 2 | "many" {
  if (how === "empty" || how === "filled") return 0;
  if (how === "between") return 2;
  return kind === "choice" ? "many" : 1;
}

/** Days stand in the address, as a person means them; of an instant the API wants to know the exact bounds. */
export function exact(condition: Condition, kind: string): Condition {
  if (kind !== "instant") return condition;
  const bound = (day: string, end: boolean) =>
    new Date(`${day.slice(0, 10)}T${end ? "23:59:59.999" : "00:00:00.000"}`).toISOString();
  const ends = condition.how === "to" ? [true] : condition.how === "between" ? [false, true] : [false];
  return {
    ...condition,
    values: condition.values.map((value, at) => (value === "" ? value : bound(value, ends[at] ?? false))),
  };
}

/** Where a list stands open with only the rows that are exactly this. */
export function listOf(path: string, values: Record<string, string>): string {
  const params = new URLSearchParams();
  for (const [column, value] of Object.entries(values))
    params.append("filter", writeCondition({ column, how: "is", values: [value] }));
  return `${path}?${params}`;
}
