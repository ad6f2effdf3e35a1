import { queryOptions } from "@tanstack/react-query";
import { client, keyed, take } from "./client";
import { paged, paging } from "./paged";

export const periodsQuery = (companyId: string, year: number) =>
  queryOptions({
    queryKey: ["periods", companyId, year] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/companies/{companyId}/periods", {
          params: { path: { companyId }, query: { year } },
          signal,
        }),
      ),
  });

type PeriodOfCompany = { companyId: string; period: string };

export const closePeriod = (path: PeriodOfCompany, key: string) =>
  take(
    client.POST("/api/v1/companies/{companyId}/periods/{period}/closing", {
      params: { path, header: keyed(key) },
    }),
  );

export const openPeriod = (path: PeriodOfCompany, key: string) =>
  take(
    client.POST("/api/v1/companies/{companyId}/periods/{period}/opening", {
      params: { path, header: keyed(key) },
    }),
  );

export const openYear = (path: { companyId: string; year: number }, key: string) =>
  take(client.POST("/api/v1/companies/{companyId}/years/{year}", { params: { path, header: keyed(key) } }));

export const parkedEventsQuery = () =>
  paged(["parked-events"] as const, (after, signal) =>
    take(
      client.GET("/api/v1/parked-events", { params: { ...({ query: paging(after) } as object) }, signal }),
    ),
  );

export const retryParkedEvent = (id: number, key: string) =>
  take(client.POST("/api/v1/parked-events/{id}/retry", { params: { path: { id }, header: keyed(key) } }));
