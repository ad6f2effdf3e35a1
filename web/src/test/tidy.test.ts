import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" });
const read = (file: string) => ({ file, text: readFileSync(join("src", file), "utf8") });
const styles = files.filter((file) => file.endsWith(".css")).map(read);
const sources = files
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test.") && !file.endsWith("schema.d.ts"))
  .map(read);

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

it("Nothing says left or right where it means start or end, so that it can be read from right to left", () => {
  const sided =
    /\b(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)|^\s*(?:left|right): /m;
  const props = /\s(?:m|p)[lr]=|\bta="(?:left|right)"/;
  expect(styles.filter(({ text }) => sided.test(text)).map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ text }) => props.test(text)).map(({ file }) => file)).toEqual([]);
});
