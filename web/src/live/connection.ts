import type { LiveConnection, LiveMessage } from "./feed";

/** A SignalR connection to the hub, over WebSockets only; the library is loaded when it is first needed. */
export async function connectHub(): Promise<LiveConnection> {
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
  const hub = new HubConnectionBuilder()
    .withUrl("/hub/live", { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build();
  return {
    open(onClosed) {
      hub.onclose(onClosed);
      return hub.start();
    },
    stream(since, onMessage, onEnd) {
      const subscription = hub
        .stream<LiveMessage>("Live", since)
        .subscribe({ next: onMessage, error: onEnd, complete: onEnd });
      return () => subscription.dispose();
    },
    close: () => hub.stop(),
  };
}
