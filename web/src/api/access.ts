import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { everyEntry, paged, paging } from "./paged";

/** Other programs. */
export const clientsQuery = () =>
  paged(["clients"] as const, (after, signal) =>
    take(client.GET("/api/v1/clients", { params: { query: paging(after) }, signal })),
  );

export type ClientFields = {
  name: string;
  permissions: string[];
  redirectUris: string[];
  isPublic: boolean;
  requestsPerMinute: number | null;
};

export const createClient = (body: ClientFields, key: string) =>
  take(client.POST("/api/v1/clients", { body, params: { header: keyed(key) } }));

export const changeClient = ({
  clientId,
  version,
  ...body
}: ClientFields & { clientId: string; version: number }) =>
  take(
    client.PUT("/api/v1/clients/{clientId}", { params: { path: { clientId } }, body, ...ifMatch(version) }),
  );

export const freshSecret = (clientId: string) =>
  take(client.PUT("/api/v1/clients/{clientId}/secret", { params: { path: { clientId } } }));

export const retireClient = (clientId: string, key: string) =>
  take(
    client.POST("/api/v1/clients/{clientId}/retirement", {
      params: { path: { clientId }, header: keyed(key) },
    }),
  );

/** Scanners and tablets, and the sites they stand at. */
export const devicesQuery = () =>
  paged(["devices"] as const, (after, signal) =>
    take(client.GET("/api/v1/devices", { params: { query: paging(after) }, signal })),
  );

export const createDevice = (body: { name: string; siteId: string; roleId: string }, key: string) =>
  take(client.POST("/api/v1/devices", { body, params: { header: keyed(key) } }));

export const enrolmentCode = (deviceId: string) =>
  take(client.PUT("/api/v1/devices/{deviceId}/enrolment-code", { params: { path: { deviceId } } }));

export const revokeDevice = (deviceId: string, key: string) =>
  take(
    client.POST("/api/v1/devices/{deviceId}/revocation", {
      params: { path: { deviceId }, header: keyed(key) },
    }),
  );

export const sitesQuery = queryOptions({
  queryKey: ["sites"] as const,
  queryFn: ({ signal }) =>
    everyEntry((after) =>
      take(client.GET("/api/v1/sites", { params: { query: paging(after, 200) }, signal })),
    ),
});

export const createSite = (body: { companyId: string; code: string; name: string }, key: string) =>
  take(client.POST("/api/v1/sites", { body, params: { header: keyed(key) } }));
