import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { given, paged, paging } from "./paged";

/** The organisation's own, or those of the installation itself. */
export type JobFilter = { state: string; type: string; installation?: boolean };

export const jobsQuery = (filter: JobFilter) =>
  paged(["jobs", filter] as const, (after, signal) =>
    take(client.GET("/api/v1/jobs", { params: { query: { ...given(filter), ...paging(after) } }, signal })),
  );

export const cancelJob = (id: string, key: string) =>
  take(client.POST("/api/v1/jobs/{id}/cancellation", { params: { path: { id }, header: keyed(key) } }));

export const retryJob = (id: string, key: string) =>
  take(client.POST("/api/v1/jobs/{id}/retry", { params: { path: { id }, header: keyed(key) } }));

export const schedulesQuery = (installation?: boolean) =>
  queryOptions({
    queryKey: ["schedules", installation] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/schedules", { params: { query: given({ installation }) }, signal })),
  });

export const runSchedule = (id: string, key: string) =>
  take(client.POST("/api/v1/schedules/{id}/run", { params: { path: { id }, header: keyed(key) } }));

type TimeTable = { id: string; version: number; cron: string; timeZone: string; enabled: boolean };

export const changeSchedule = ({ id, version, ...body }: TimeTable) =>
  take(
    client.PUT("/api/v1/schedules/{id}", {
      params: { path: { id } },
      body,
      ...ifMatch(version),
    }),
  );
