import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import en from "./en.json";
import tr from "./tr.json";

const english = flat(en);
const turkish = flat(tr);

it("Both languages have the same keys", () => {
  expect(Object.keys(turkish).sort()).toEqual(Object.keys(english).sort());
});

it("No text is empty, and both languages fill in the same values", () => {
  for (const [key, text] of Object.entries(english)) {
    expect(text, key).not.toBe("");
    expect(turkish[key], key).not.toBe("");
    expect(valuesIn(turkish[key] ?? ""), key).toEqual(valuesIn(text));
  }
});

it("Every key that the code asks for exists", () => {
  const missing: string[] = [];
  for (const file of sources())
    for (const [, key = ""] of readFileSync(file, "utf8").matchAll(/\bt\(\s*"([^"]+)"/g))
      if (!(key in english) && !(`${key}_other` in english)) missing.push(`${file}: ${key}`);
  expect(missing).toEqual([]);
});

it("Every text is used somewhere", () => {
  const code = sources()
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const fromCodes = [
    "problem.",
    "itemKind.",
    "unit.",
    "movementKind.",
    "reason.",
    "event.",
    "field.",
    "jobState.",
    "jobResult.",
    "documentType.",
    "attribute.",
    "permission.",
    "table.",
    "jobType.",
    "fault.",
    "labelKind.",
    "approvalState.",
    "itemTracking.",
    "supplyState.",
  ];
  const unused = Object.keys(english)
    .map((key) => key.replace(/_(one|other)$/, ""))
    .filter((key) => !fromCodes.some((prefix) => key.startsWith(prefix)))
    .filter((key) => !code.includes(`"${key}"`) && !builtKeys(code).some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});

/** Keys put together at run time, such as `nav.${name}`. */
function builtKeys(code: string): RegExp[] {
  return [...code.matchAll(/t\(`([\w.]+)\$\{[\w.]+\}(\w*)`/g)].map(
    ([, start = "", end = ""]) => new RegExp(`^${start.replaceAll(".", "\\.")}\\w+${end}$`),
  );
}

function sources(): string[] {
  return readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => join("src", file));
}

function valuesIn(text: string): string[] {
  return (text.match(/\{\{\w+\}\}/g) ?? []).sort();
}

function flat(texts: object, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, value]: [string, string | object]) =>
      typeof value === "string" ? [[prefix + name, value]] : Object.entries(flat(value, `${prefix + name}.`)),
    ),
  );
}
