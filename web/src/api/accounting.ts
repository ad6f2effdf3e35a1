import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, take } from "./client";
import { everyEntry, paging } from "./paged";

export const accountsQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["accounts", companyId] as const,
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      everyEntry((after) =>
        take(
          client.GET("/api/v1/companies/{companyId}/accounts", {
            params: { path: { companyId }, ...({ query: paging(after, 200) } as object) },
            signal,
          }),
        ),
      ),
  });

export const voucherQuery = (id: string) =>
  queryOptions({
    queryKey: ["voucher", id] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/vouchers/{id}", { params: { path: { id } }, signal })),
  });

export type TrialBalanceFilter = { companyId: string; from: string; through: string };

export const trialBalanceQuery = ({ companyId, from, through }: TrialBalanceFilter) =>
  queryOptions({
    queryKey: ["trial-balance", companyId, from, through] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/companies/{companyId}/trial-balance", {
          params: { path: { companyId }, query: { from, through } },
          signal,
        }),
      ),
  });

export const postingRulesQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["posting-rules", companyId] as const,
    queryFn: ({ signal }) =>
      everyEntry((after) =>
        take(
          client.GET("/api/v1/companies/{companyId}/posting-rules", {
            params: { path: { companyId }, ...({ query: paging(after, 200) } as object) },
            signal,
          }),
        ),
      ),
  });

export type PostingRuleChange = {
  companyId: string;
  id: string;
  version: number;
  debitAccount: string;
  creditAccount: string;
};

export const changePostingRule = ({ companyId, id, version, ...body }: PostingRuleChange) =>
  take(
    client.PUT("/api/v1/companies/{companyId}/posting-rules/{id}", {
      params: { path: { companyId, id } },
      body,
      ...ifMatch(version),
    }),
  );
