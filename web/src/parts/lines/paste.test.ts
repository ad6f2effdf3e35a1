import { expect, test } from "vitest";
import { cellsOf, linesFrom } from "./paste";

const choices = {
  warehouse: new Map([["rm", "id-rm"]]),
  reason: new Map([
    ["damage", "damage"],
    ["hasar", "damage"],
  ]),
};

test("a plain text is no range", () => {
  expect(cellsOf("PMP-100")).toBeNull();
  expect(cellsOf("PMP-100\n")).toBeNull();
});

test("cells are known by what they hold, a row of headings is left out", () => {
  const cells = cellsOf("Code\tDifference\tWhy\r\nPMP-100\t-1,250.5\tDamage\r\nPMP-200\t+3\t\r\n\r\n");
  expect(linesFrom(cells ?? [], choices, "en")).toEqual([
    { code: "PMP-100", figure: "-1,250.5", choices: { reason: "damage" } },
    { code: "PMP-200", figure: "+3", choices: {} },
  ]);
});

test("another order, another language, a code of digits, a name beside it", () => {
  const cells = cellsOf("RM\t4711\tGövde\t1.250,5\thasar");
  expect(linesFrom(cells ?? [], choices, "tr")).toEqual([
    { code: "4711", figure: "1.250,5", choices: { warehouse: "id-rm", reason: "damage" } },
  ]);
});

test("codes alone are lines too", () => {
  expect(linesFrom(cellsOf("A-1\nA-2") ?? [], choices, "en").map(({ code }) => code)).toEqual(["A-1", "A-2"]);
});
