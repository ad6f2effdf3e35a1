import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { sessionKey } from "@/api/session";
import { tellAlerts } from "./alerts";
import { connectHub } from "./connection";
import { createLiveFeed, type LiveState } from "./feed";
import { createRefresh } from "./refresh";

type Live = { state: LiveState; anchor: (position: number) => void };

const LiveContext = createContext<Live>({ state: "connecting", anchor: () => undefined });

/** Keeps one live connection for as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const feed = useMemo(() => {
    const refresh = createRefresh(queryClient);
    return createLiveFeed({
      connect: connectHub,
      onMessage: (message) => {
        refresh.take(message);
        tellAlerts(message);
      },
      onState: setState,
      onUnanchored: refresh.liveTopics,
    });
  }, [queryClient]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  // A session that has ended also ends the live connection; asking once tells the two apart.
  useEffect(() => {
    if (state === "offline") void queryClient.invalidateQueries({ queryKey: sessionKey });
  }, [queryClient, state]);
  const live = useMemo(() => ({ state, anchor: feed.anchor }), [state, feed]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export const useLive = () => useContext(LiveContext);

/** Anchors the live stream at the position that the loaded figures include. */
export function useAnchor(position: number | null | undefined): void {
  const { anchor } = useLive();
  useEffect(() => {
    if (typeof position === "number") anchor(position);
  }, [anchor, position]);
}
