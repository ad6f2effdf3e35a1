import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import { given, paging } from "./paged";
import type { PartnerFields } from "./types";

const readPartner = (id: string, signal: AbortSignal) =>
  take(client.GET("/api/v1/partners/{id}", { params: { path: { id } }, signal }));

export const partnerQuery = (id: string) =>
  queryOptions({
    queryKey: ["partners", "one", id] as const,
    queryFn: ({ signal }) => readPartner(id, signal),
  });

/** What is saved at this moment, beside what a form began with. */
export const partnerNowQuery = (id: string) =>
  queryOptions({
    queryKey: ["partner-now", id] as const,
    queryFn: ({ signal }) => readPartner(id, signal),
    gcTime: 0,
  });

export const createPartner = (body: { code: string; partner: PartnerFields }, key: string) =>
  take(client.POST("/api/v1/partners", { body, params: { header: keyed(key) } }));

export const changePartner = ({ id, version, body }: { id: string; version: number; body: PartnerFields }) =>
  take(client.PUT("/api/v1/partners/{id}", { params: { path: { id } }, body, ...ifMatch(version) }));

export const retirePartner = (id: string, key: string) =>
  take(client.POST("/api/v1/partners/{id}/retirement", { params: { path: { id }, header: keyed(key) } }));

export const restorePartner = (id: string, key: string) =>
  take(client.POST("/api/v1/partners/{id}/restoration", { params: { path: { id }, header: keyed(key) } }));

export const eraseContact = ({ id, contactId }: { id: string; contactId: string }, key: string) =>
  take(
    client.POST("/api/v1/partners/{id}/contacts/{contactId}/erasure", {
      params: { path: { id, contactId }, header: keyed(key) },
    }),
  );

type StandingChange = {
  id: string;
  companyId: string;
  selling: string;
  buying: string;
  creditLimit: string | null;
  reason: string;
};

export const changeStanding = ({ id, companyId, ...body }: StandingChange) =>
  take(
    client.PUT("/api/v1/partners/{id}/standings/{companyId}", { params: { path: { id, companyId } }, body }),
  );

export const partnerSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ["partners", "search", search] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/partners", {
          params: { query: { ...given({ search }), ...paging(undefined, 20) } },
          signal,
        }),
      ),
  });
