import { client, take } from "./client";
import { paged, paging } from "./paged";

/** Changes of one thing, newest first; `entities` are the kinds of rows that belong to it. */
export const historyQuery = (entities: readonly string[], key: string) =>
  paged(["history", key, ...entities] as const, (after, signal) =>
    take(
      client.GET("/api/v1/history", {
        params: { query: { entity: entities.join(","), key, ...paging(after) } },
        signal,
      }),
    ),
  );
