import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test.") && !file.endsWith("schema.d.ts"))
  .map((file) => ({ file, text: readFileSync(join("src", file), "utf8") }));

it("No file is longer than 200 lines", () => {
  expect(sources.filter(({ text }) => text.split("\n").length > 200).map(({ file }) => file)).toEqual([]);
});

// What the installation does is no tenant's event, so nobody can be told of it.
const mayAsk = ["screens/jobs/JobsScreen.tsx"];

it("Nothing asks the server on a timer or on focus", () => {
  const asking =
    /refetchInterval: (?!props.looksEvery)|looksEvery: |setInterval|refetchOnWindowFocus: (?!false)|useInterval/;
  expect(sources.filter(({ text }) => asking.test(text)).map(({ file }) => file)).toEqual(mayAsk);
});

it("Decimals never become floating point", () => {
  const floating = /parseFloat|NumberFormat|Number\((?:value|typed|\w*(?:quantity|amount|cost|total)\w*)\)/i;
  expect(sources.filter(({ text }) => floating.test(text)).map(({ file }) => file)).toEqual([]);
});
