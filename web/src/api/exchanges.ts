import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Exchange = Schemas["ExchangesRow"];
export type ExchangeBody = Schemas["ExchangesRequest"];

export type ExchangeOutcome = "taken" | "sent" | "failed";

export const exchangesQuery = () =>
  queryOptions({
    queryKey: ["exchanges"] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/exchanges", { signal })),
  });

export const exchangeRunsQuery = (id: string) =>
  queryOptions({
    queryKey: ["exchanges", "runs", id] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/exchanges/{id}/runs", { params: { path: { id } }, signal })),
  });

type SavedExchange = { body: ExchangeBody; exchange: Exchange | null };

export const saveExchange = ({ body, exchange }: SavedExchange, key: string) =>
  exchange
    ? take(
        client.PUT("/api/v1/exchanges/{id}", {
          body,
          params: { path: { id: exchange.id } },
          ...ifMatch(exchange.version),
        }),
      )
    : take(client.POST("/api/v1/exchanges", { body, params: { header: keyed(key) } }));

export const runExchange = (id: string, key: string) =>
  take(client.POST("/api/v1/exchanges/{id}/run", { params: { path: { id }, header: keyed(key) } }));
