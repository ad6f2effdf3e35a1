import { queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";
import type { components } from "./schema";

export type StartCard = components["schemas"]["ShowStartCard"];

/** What waits for a person, what is late and what changed. */
export const startQuery = (companyId: string, language: "en" | "tr") =>
  queryOptions({
    queryKey: ["start", companyId, language] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/start", { params: { query: { companyId, language } }, signal })),
  });
