import { beforeEach, expect, it } from "vitest";
import { createIntent, newKey } from "./intent";
import { Problem } from "./problem";

const content = { warehouseId: "w1", lines: [{ itemId: "i1", quantity: "5" }] };
let intent: ReturnType<typeof createIntent>;

beforeEach(() => {
  let made = 0;
  intent = createIntent(() => {
    made += 1;
    return `key-${made}`;
  });
});

it.each([
  ["a network error", new Problem(0, null)],
  ["a busy server", new Problem(503, { code: "busy" })],
  ["a broken server", new Problem(500, null)],
  ["a first attempt that is still running", new Problem(409, { code: "idempotency.running" })],
])("The key stays the same after %s", (_why, problem) => {
  expect(intent.keyFor(content)).toBe("key-1");
  intent.settle(problem);
  expect(intent.keyFor({ ...content })).toBe("key-1");
});

it("Other content is another intent, even after a network error", () => {
  intent.keyFor(content);
  intent.settle(new Problem(0, null));
  expect(intent.keyFor({ ...content, warehouseId: "w2" })).toBe("key-2");
});

it("The same content after success is a new intent", () => {
  intent.keyFor(content);
  intent.settle();
  expect(intent.keyFor(content)).toBe("key-2");
});

it("The same content after a refusal is a new intent", () => {
  intent.keyFor(content);
  intent.settle(new Problem(409, { code: "inventory.short" }));
  expect(intent.keyFor(content)).toBe("key-2");
});

it("Keys are UUIDs, also where the page is not served over https", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(newKey()).toMatch(uuid);
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    expect(newKey()).toMatch(uuid);
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }
});
