export type LiveEvent = { position: number; type: string; aggregate: string; data: Record<string, unknown> };

export type LiveMessage = { through: number; resync: boolean; events: LiveEvent[] };

export type LiveState = "connecting" | "live" | "offline";

export type LiveConnection = {
  open(onClosed: () => void): Promise<void>;
  /** Starts the stream after `since`; the answer stops it. */
  stream(since: number | null, onMessage: (message: LiveMessage) => void, onEnd: () => void): () => void;
  close(): Promise<void>;
};

type FeedOptions = {
  connect: () => Promise<LiveConnection>;
  onMessage: (message: LiveMessage) => void;
  onState: (state: LiveState) => void;
  /** Called when a stream that began without a known position tells its first one: what was loaded before may be older. */
  onUnanchored?: () => void;
  wait?: (milliseconds: number) => Promise<void>;
};

const pauses = [500, 1000, 2000, 5000, 10_000];
const failuresUntilOffline = 3;

/** Follows the hub's stream and takes it up again after the last position it saw, for as long as it runs. */
export function createLiveFeed({ connect, onMessage, onState, onUnanchored, wait = pause }: FeedOptions) {
  let through: number | null = null;
  let generation = 0;
  let connection: LiveConnection | null = null;
  let stopStream: (() => void) | null = null;
  let dropped: () => void = () => undefined;

  function follow(): void {
    if (!connection) return;
    stopStream?.();
    const end = dropped;
    let current = true;
    let anchored = through !== null;
    const stop = connection.stream(
      through,
      (message) => {
        if (!current) return;
        through = message.through;
        onMessage(message);
        if (!anchored) onUnanchored?.();
        anchored = true;
      },
      () => current && end(),
    );
    stopStream = () => {
      current = false;
      stop();
    };
  }

  /** One connection from opening to loss; true when it was live in between. */
  async function untilLost(isCurrent: () => boolean): Promise<boolean> {
    const fresh = await connect();
    if (!isCurrent()) return false;
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    dropped = lose;
    try {
      await fresh.open(lose);
      if (!isCurrent()) return false;
      connection = fresh;
      follow();
      onState("live");
      await lost;
      return true;
    } finally {
      if (connection === fresh) {
        stopStream?.();
        stopStream = null;
        connection = null;
      }
      await fresh.close().catch(() => undefined);
    }
  }

  async function run(isCurrent: () => boolean): Promise<void> {
    let failures = 0;
    while (isCurrent()) {
      onState(failures >= failuresUntilOffline ? "offline" : "connecting");
      const wasLive = await untilLost(isCurrent).catch(() => false);
      if (!isCurrent()) return;
      failures = wasLive ? 0 : failures + 1;
      onState(failures >= failuresUntilOffline ? "offline" : "connecting");
      await wait(pauses[Math.min(failures, pauses.length - 1)] ?? 1000);
    }
  }

  return {
    start(): void {
      generation += 1;
      const mine = generation;
      void run(() => mine === generation);
    },
    stop(): void {
      generation += 1;
      dropped();
    },
    /** Tells the position that loaded figures include, so that nothing after it is missed. */
    anchor(position: number): void {
      if (through !== null) return;
      through = position;
      if (connection) follow();
    },
  };
}

export type LiveFeed = ReturnType<typeof createLiveFeed>;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
