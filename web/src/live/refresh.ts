import type { QueryClient } from "@tanstack/react-query";
import type { LiveEvent, LiveMessage } from "./feed";

const affected: Record<string, readonly string[]> = {
  StockReceived: ["stock", "places", "movements", "expected-supply", "start"],
  StockIssued: ["stock", "places", "movements", "start"],
  StockTransferred: ["stock", "places", "movements", "start"],
  HandlingUnitMoved: ["handling-units", "handling-unit"],
  StockReversed: ["stock", "places", "movements", "expected-supply", "start"],
  StockReserved: ["stock", "reservations", "expected-supply", "start"],
  StockReleased: ["stock", "reservations", "expected-supply", "start"],
  StockServed: ["stock", "reservations", "start"],
  StockTaken: ["stock", "reservations"],
  SupplyExpected: ["stock", "reservations", "expected-supply", "start"],
  StockAdjusted: ["stock", "places", "movements", "adjustments", "start"],
  ApprovalAsked: ["inbox", "adjustments", "notifications", "start"],
  ApprovalDecided: ["inbox", "adjustments", "notifications", "start"],
  ApprovalClosed: ["inbox", "adjustments", "notifications", "start"],
  ApprovalEscalated: ["inbox", "adjustments", "notifications", "start"],
  CommentAdded: ["comments"],
  PeopleNotified: ["notifications"],
  MailChanged: ["mails", "start"],
  VouchersPosted: ["vouchers", "trial-balance", "start"],
  JobsChanged: ["jobs", "schedules", "start"],
  ImportChanged: ["imports", "exchanges"],
  ExchangeRan: ["exchanges", "start"],
  AlertChanged: ["health"],
};

/** What a person sees of all companies at once. */
const ofThePerson: readonly string[] = ["inbox", "notifications", "comments", "start"];

const coalesceMilliseconds = 150;

/**
 * Turns live messages into refetches of what is on the screen: many events within a moment become one, and the
 * next one starts only after the one before has ended, so that a steady stream cannot starve it.
 */
export function createRefresh(queryClient: QueryClient) {
  let waiting = new Map<string, readonly string[]>();
  let everything = false;
  let busy = false;

  async function flush(): Promise<void> {
    const keys = [...waiting.values()];
    const all = everything;
    waiting = new Map();
    everything = false;
    if (all) await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    else await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    busy = false;
    if (everything || waiting.size > 0) schedule();
  }

  function schedule(): void {
    if (busy) return;
    busy = true;
    setTimeout(() => void flush(), coalesceMilliseconds);
  }

  return {
    take(message: LiveMessage): void {
      if (message.resync) everything = true;
      for (const event of message.events) for (const key of keysOf(event)) waiting.set(key.join(" "), key);
      if (everything || waiting.size > 0) schedule();
    },
    /** Fetches again whatever live events could have changed. */
    liveTopics(): void {
      for (const topic of new Set(Object.values(affected).flat())) waiting.set(topic, [topic]);
      schedule();
    },
  };
}

function keysOf(event: LiveEvent): string[][] {
  const { companyId } = event.data;
  if (event.type.startsWith("Item")) return [["items"]];
  const topics = affected[event.type] ?? [];
  return topics.map((topic) =>
    typeof companyId === "string" && !ofThePerson.includes(topic) ? [topic, companyId] : [topic],
  );
}
