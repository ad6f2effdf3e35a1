import { expect, test } from "vitest";
import { stepOf } from "./walk";

const walk = { list: "/items?search=a", links: ["/items/1", "/items/2", "/items/3"], more: true };

test("one in the middle knows both sides and the way back", () => {
  expect(stepOf(walk, "/items/2")).toEqual({
    at: 2,
    of: 3,
    more: true,
    list: "/items?search=a",
    before: "/items/1",
    after: "/items/3",
  });
});

test("the first and the last end there", () => {
  expect(stepOf(walk, "/items/1")?.before).toBeUndefined();
  expect(stepOf(walk, "/items/3")?.after).toBeUndefined();
});

test("a screen that is not of that list is nowhere", () => {
  expect(stepOf(walk, "/items/9")).toBeNull();
  expect(stepOf(null, "/items/1")).toBeNull();
});
