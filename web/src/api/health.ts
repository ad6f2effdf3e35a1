import { queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";
import type { components } from "./schema";

export type HealthReport = components["schemas"]["HealthReportReport"];
export type HealthFinding = components["schemas"]["HealthReportFinding"];
export type HealthAlert = components["schemas"]["HealthReportAlert"];

export const healthQuery = () =>
  queryOptions({
    queryKey: ["health"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/health-report", { signal })),
  });
