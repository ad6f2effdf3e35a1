import { queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";

/** What has these words in its code or name, as far as one may see it. */
export const searchQuery = (text: string, companyId: string) =>
  queryOptions({
    queryKey: ["search", text, companyId] as const,
    staleTime: 0,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/search", { params: { query: { text, companyId } }, signal })),
  });
