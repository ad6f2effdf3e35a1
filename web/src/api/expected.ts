import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";

/** How much of an item can be promised when. */
export const availableQuery = (companyId: string, itemId: string) =>
  queryOptions({
    queryKey: ["stock", companyId, "available", itemId] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/items/{id}/available", {
          params: { path: { id: itemId }, query: { companyId } },
          signal,
        }),
      ),
  });

type NewSupply = {
  companyId: string;
  itemId: string;
  warehouseId: string;
  source: string;
  due: string;
  quantity: string;
};

export const expectSupply = (body: NewSupply, key: string) =>
  take(client.POST("/api/v1/expected-supply", { body, params: { header: keyed(key) } }));

type SupplyChange = { id: string; version: number; due: string; quantity: string; closed: boolean };

export const changeSupply = ({ id, version, ...body }: SupplyChange) =>
  take(
    client.PUT("/api/v1/expected-supply/{id}", {
      body,
      params: { path: { id } },
      ...ifMatch(version),
    }),
  );
