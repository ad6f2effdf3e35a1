import { queryOptions } from "@tanstack/react-query";
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

export const auditTablesQuery = queryOptions({
  queryKey: ["audit-tables"] as const,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => take(client.GET("/api/v1/audit/tables", { signal })),
});

/** A file, followed as a link: the browser saves it as it comes. */
export const auditExportPath = (companyId: string, year: number) =>
  `/api/v1/companies/${companyId}/years/${year}/audit`;
