import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { given, paging } from "./paged";
import type { Item, ItemTracking } from "./types";

export const itemSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ["items", "search", search] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/items", {
          params: { query: { ...given({ search }), ...paging(undefined, 20) } },
          signal,
        }),
      ),
  });

const codesAtOnce = 100;

/** The items of these codes; what does not exist is not there. */
export async function itemsByCode(queryClient: QueryClient, codes: readonly string[]) {
  const wanted = [...new Set(codes.filter((code) => code !== ""))];
  const found = new Map<string, Item>();
  for (let at = 0; at < wanted.length; at += codesAtOnce) {
    const filter = [
      `code:is:${wanted
        .slice(at, at + codesAtOnce)
        .map(escaped)
        .join("|")}`,
    ];
    const page = await queryClient.fetchQuery({
      queryKey: ["items", "codes", filter],
      queryFn: ({ signal }) =>
        take(client.GET("/api/v1/items", { params: { query: { filter, limit: codesAtOnce } }, signal })),
    });
    for (const item of page.items) found.set(item.code, item);
  }
  return found;
}

const escaped = (value: string) => value.replace(/[\\|]/g, "\\$&");

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ["items", "one", id] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/items/{id}", { params: { path: { id } }, signal })),
  });

/** What is saved at this moment, beside what a form began with. */
export const itemNowQuery = (id: string) =>
  queryOptions({
    queryKey: ["item-now", id] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/items/{id}", { params: { path: { id } }, signal })),
    gcTime: 0,
  });

export type ItemFields = { name: string; kind: string; unit: string; tracking: ItemTracking | null };

export const createItem = (body: ItemFields & { code: string }, key: string) =>
  take(client.POST("/api/v1/items", { body, params: { header: keyed(key) } }));

export const changeItem = ({ id, version, ...body }: ItemFields & { id: string; version: number }) =>
  take(client.PUT("/api/v1/items/{id}", { params: { path: { id } }, body, ...ifMatch(version) }));

export const retireItem = (id: string, key: string) =>
  take(client.POST("/api/v1/items/{id}/retirement", { params: { path: { id }, header: keyed(key) } }));

export const restoreItem = (id: string, key: string) =>
  take(client.POST("/api/v1/items/{id}/restoration", { params: { path: { id }, header: keyed(key) } }));

export const variantsQuery = (id: string) =>
  queryOptions({
    queryKey: ["items", "variants", id] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/items", {
          params: { query: { filter: [`variantOf:is:${id}`], sort: "code", ...paging(undefined, 100) } },
          signal,
        }),
      ),
  });

/** One item for each combination; those that are there stay. */
export const makeVariants = (
  { id, attributes }: { id: string; attributes: { name: string; values: string[] }[] },
  key: string,
) =>
  take(
    client.POST("/api/v1/items/{id}/variants", {
      params: { path: { id }, header: keyed(key) },
      body: { attributes },
    }),
  );

/** One of the unit is numerator/denominator of the item's own. */
export const setItemUnit = ({
  id,
  code,
  ...body
}: {
  id: string;
  code: string;
  numerator: number;
  denominator: number;
}) => take(client.PUT("/api/v1/items/{id}/units/{unit}", { params: { path: { id, unit: code } }, body }));

export const removeItemUnit = ({ id, code }: { id: string; code: string }) =>
  take(client.DELETE("/api/v1/items/{id}/units/{unit}", { params: { path: { id, unit: code } } }));

export const setItemCost = ({
  id,
  companyId,
  unitCost,
}: {
  id: string;
  companyId: string;
  unitCost: string;
}) =>
  take(
    client.PUT("/api/v1/items/{id}/costs/{companyId}", {
      params: { path: { id, companyId } },
      body: { unitCost },
    }),
  );
