import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { LiveEvent, LiveMessage } from "./feed";
import { createRefresh } from "./refresh";

const event = (type: string, companyId = "c1"): LiveEvent => ({
  position: 1,
  type,
  aggregate: "a",
  data: { companyId },
});
const message = (events: LiveEvent[], resync = false): LiveMessage => ({ through: 1, resync, events });

let queryClient: QueryClient;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  asked = [];
  vi.spyOn(queryClient, "invalidateQueries").mockImplementation(async (filter) => {
    asked.push(filter?.queryKey?.join(" ") ?? "everything");
  });
});

afterEach(() => vi.useRealTimers());

it("Many events within a moment refetch each topic of their company once", async () => {
  const { take } = createRefresh(queryClient);
  for (let count = 0; count < 20; count++) take(message([event("StockReceived")]));
  take(message([event("VouchersPosted")]));
  await vi.advanceTimersByTimeAsync(149);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([
    "stock c1",
    "places c1",
    "movements c1",
    "expected-supply c1",
    "start",
    "vouchers c1",
    "trial-balance c1",
  ]);
});

it("A message to resynchronise refetches everything", async () => {
  createRefresh(queryClient).take(message([], true));
  await vi.advanceTimersByTimeAsync(150);
  expect(asked).toEqual(["everything"]);
});

it("An event that arrives during a refetch is not lost", async () => {
  let finish: () => void = () => undefined;
  vi.spyOn(queryClient, "invalidateQueries").mockImplementation((filter) => {
    asked.push(String(filter?.queryKey?.[0]));
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const { take } = createRefresh(queryClient);
  take(message([event("ItemChanged")]));
  await vi.advanceTimersByTimeAsync(150);
  take(message([event("ItemChanged")]));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual(["items"]);
  finish();
  await vi.advanceTimersByTimeAsync(150);
  expect(asked).toEqual(["items", "items"]);
});

it("Events that no screen shows ask for nothing", async () => {
  createRefresh(queryClient).take(message([event("SomethingElse")]));
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([]);
});
