import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { given } from "./paged";

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
