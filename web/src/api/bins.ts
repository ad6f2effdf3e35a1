import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { paged, paging } from "./paged";
import type { Bin } from "./types";

export type BinFields = { zone: string; putAwayOrder: number; removalOrder: number };

export const binsQuery = (warehouseId: string) =>
  paged(["bins", warehouseId] as const, (after, signal) =>
    take(
      client.GET("/api/v1/warehouses/{id}/bins", {
        params: { path: { id: warehouseId }, query: paging(after) },
        signal,
      }),
    ),
  );

/** The first ones by name, to choose from; any other can be typed. */
export const binNamesQuery = (warehouseId: string) =>
  queryOptions({
    queryKey: ["bins", warehouseId, "names"] as const,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/warehouses/{id}/bins", {
          params: { path: { id: warehouseId }, query: paging(undefined, 200) },
          signal,
        }),
      ),
  });

export const addBin = (
  { warehouseId, ...body }: BinFields & { warehouseId: string; code: string },
  key: string,
) =>
  take(
    client.POST("/api/v1/warehouses/{id}/bins", {
      params: { path: { id: warehouseId }, header: keyed(key) },
      body,
    }),
  );

export const changeBin = ({ bin, ...body }: BinFields & { bin: Bin; closed: boolean }) =>
  take(
    client.PUT("/api/v1/warehouses/{id}/bins/{code}", {
      params: { path: { id: bin.warehouseId, code: bin.code } },
      body,
      ...ifMatch(bin.version),
    }),
  );
