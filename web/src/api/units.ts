import { queryOptions } from "@tanstack/react-query";
import { client, keyed, take } from "./client";

/** A pallet or a box, where it stands and what is on it. */
export const unitQuery = (sscc: string) =>
  queryOptions({
    queryKey: ["handling-unit", sscc] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/handling-units/{sscc}", { params: { path: { sscc } }, signal })),
  });

/** Without a number it gets the next one of the company. */
export const beginUnit = (body: { warehouseId: string; bin: string; sscc: string | null }, key: string) =>
  take(client.POST("/api/v1/handling-units", { body, params: { header: keyed(key) } }));

export type UnitMove = { sscc: string; warehouseId: string; bin: string; date: string; underWay: boolean };

export const moveUnit = ({ sscc, ...body }: UnitMove, key: string) =>
  take(
    client.POST("/api/v1/handling-units/{sscc}/moves", {
      body,
      params: { path: { sscc }, header: keyed(key) },
    }),
  );

export const dissolveUnit = ({ sscc, date }: { sscc: string; date: string }, key: string) =>
  take(
    client.POST("/api/v1/handling-units/{sscc}/dissolution", {
      body: { date },
      params: { path: { sscc }, header: keyed(key) },
    }),
  );

/** The digits with which a company's own numbers begin. */
export const ssccPrefixQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["sscc-prefix", companyId] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/companies/{id}/sscc-prefix", { params: { path: { id: companyId } }, signal })),
  });

export const saySsccPrefix = ({ companyId, digits }: { companyId: string; digits: string }) =>
  take(
    client.PUT("/api/v1/companies/{id}/sscc-prefix", {
      body: { digits },
      params: { path: { id: companyId } },
    }),
  );
