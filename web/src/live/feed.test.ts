import { expect, it } from "vitest";
import { createLiveFeed, type LiveConnection, type LiveMessage, type LiveState } from "./feed";

type Stream = { since: number | null; send: (message: LiveMessage) => void; end: () => void };

const message = (through: number): LiveMessage => ({ through, resync: false, events: [] });

/** A hub in the test's hands: it records every subscription and can drop the connection. */
function standInHub({ failures = 0 } = {}) {
  const streams: Stream[] = [];
  const received: number[] = [];
  const states: LiveState[] = [];
  let unanchored = 0;
  let drop: () => void = () => undefined;
  let left = failures;
  const connect = async (): Promise<LiveConnection> => ({
    open: async (onClosed) => {
      if (left > 0) {
        left -= 1;
        throw new Error("no server");
      }
      drop = onClosed;
    },
    stream: (since, send, end) => {
      streams.push({ since, send, end });
      return () => undefined;
    },
    close: async () => undefined,
  });
  const feed = createLiveFeed({
    connect,
    onMessage: ({ through }) => received.push(through),
    onState: (state) => {
      if (states.at(-1) !== state) states.push(state);
    },
    onUnanchored: () => {
      unanchored += 1;
    },
    wait: async () => undefined,
  });
  return { feed, streams, received, states, drop: () => drop(), unanchored: () => unanchored };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it("After a dropped connection the stream goes on after the last position seen", async () => {
  const { feed, streams, received, states, drop } = standInHub();
  feed.anchor(40);
  feed.start();
  await settled();
  expect(streams.map(({ since }) => since)).toEqual([40]);
  streams[0]?.send(message(41));
  streams[0]?.send(message(44));
  drop();
  await settled();
  expect(streams.map(({ since }) => since)).toEqual([40, 44]);
  streams[1]?.send(message(45));
  expect(received).toEqual([41, 44, 45]);
  expect(states).toEqual(["connecting", "live", "connecting", "live"]);
  feed.stop();
});

it("A stream that ends while the connection stays is taken up again in the same way", async () => {
  const { feed, streams } = standInHub();
  feed.anchor(7);
  feed.start();
  await settled();
  streams[0]?.send(message(9));
  streams[0]?.end();
  await settled();
  expect(streams.map(({ since }) => since)).toEqual([7, 9]);
  feed.stop();
});

it("Figures loaded after the stream began anchor it, and nothing of the older stream counts any more", async () => {
  const { feed, streams, received, unanchored } = standInHub();
  feed.start();
  await settled();
  feed.anchor(12);
  feed.anchor(99);
  expect(streams.map(({ since }) => since)).toEqual([null, 12]);
  streams[0]?.send(message(3));
  streams[1]?.send(message(13));
  expect(received).toEqual([13]);
  expect(unanchored()).toBe(0);
  feed.stop();
});

it("Without an anchor, the first position of the stream asks for the figures once more, and only once", async () => {
  const { feed, streams, unanchored, drop } = standInHub();
  feed.start();
  await settled();
  streams[0]?.send(message(5));
  streams[0]?.send(message(6));
  expect(unanchored()).toBe(1);
  drop();
  await settled();
  streams[1]?.send(message(7));
  expect(streams[1]?.since).toBe(6);
  expect(unanchored()).toBe(1);
  feed.stop();
});

it("It says that it is offline after several failures and comes back by itself", async () => {
  const { feed, states } = standInHub({ failures: 4 });
  feed.start();
  await settled();
  expect(states).toEqual(["connecting", "offline", "live"]);
  feed.stop();
});

it("Stopped and started again it follows once, not twice", async () => {
  const { feed, streams } = standInHub();
  feed.anchor(1);
  feed.start();
  feed.stop();
  feed.start();
  await settled();
  expect(streams).toHaveLength(1);
  feed.stop();
  await settled();
  expect(streams).toHaveLength(1);
});
