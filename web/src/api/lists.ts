import { queryOptions } from "@tanstack/react-query";
import { client, keyed, take } from "./client";
import { given, paged, paging } from "./paged";
import type { components } from "./schema";
import type { Page } from "./types";

/** What is asked of a list; the same words as in the address of the screen and of the API. */
export type ListQuery = {
  search: string;
  filter: string[];
  match: "all" | "any";
  /** Conditions that hold beside those of the filter, also where any of those is enough. */
  within: string[];
  sort: string;
  /** Whose rows, where the list is of one company. */
  companyId?: string;
};

export type ListColumn = components["schemas"]["ListEndpointsShownColumn"];
export type ListView = components["schemas"]["ListViewsRow"];
export type ListGroups = components["schemas"]["ListGroups"];

/** Lists under their names, and where their rows are. */
const paths = {
  items: "/api/v1/items",
  partners: "/api/v1/partners",
  imports: "/api/v1/imports",
  movements: "/api/v1/movements",
  adjustments: "/api/v1/stock-adjustments",
  vouchers: "/api/v1/vouchers",
  reservations: "/api/v1/reservations",
  members: "/api/v1/members",
  mails: "/api/v1/mails",
  tasks: "/api/v1/tasks",
  stock: "/api/v1/stock",
  places: "/api/v1/places",
  "handling-units": "/api/v1/handling-units",
  "expected-supply": "/api/v1/expected-supply",
  jobs: "/api/v1/jobs",
  "installation-jobs": "/api/v1/installation-jobs",
  audit: "/api/v1/audit",
} as const;

export type ListName = keyof typeof paths;

const asked = ({ search, filter, match, within, sort, companyId }: ListQuery) =>
  given({ search, sort, filter, within, companyId, match: match === "any" ? match : undefined });

/** What live events refresh: a list, or that of one company. */
const topicOf = (list: ListName, { companyId }: ListQuery) =>
  companyId === undefined ? [list] : [list, companyId];

export const listQuery = <TRow>(list: ListName, query: ListQuery) =>
  paged([...topicOf(list, query), "list", query] as const, async (after, signal) => {
    // Every list answers with a page; what its rows are, the caller knows.
    const page: unknown = await take(
      client.GET(paths[list] as typeof paths.items, {
        params: { query: { ...asked(query), ...paging(after, 100) } },
        signal,
      }),
    );
    return page as Page<TRow>;
  });

export const groupsQuery = (list: ListName, query: ListQuery, by: string[]) =>
  queryOptions({
    queryKey: [...topicOf(list, query), "groups", query, by] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET(`${paths[list]}/groups` as `${typeof paths.items}/groups`, {
          params: { query: { ...asked(query), by } },
          signal,
        }),
      ),
  });

export const columnsQuery = (list: ListName, language: "en" | "tr") =>
  queryOptions({
    queryKey: ["list-columns", list, language] as const,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/lists/{name}", { params: { path: { name: list }, query: { language } }, signal }),
      ),
  });

/** What is asked of a list, as it stands in an address. */
export function addressOf(query: ListQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const one of query.filter) params.append("filter", one);
  for (const one of query.within) params.append("within", one);
  if (query.search !== "") params.set("search", query.search);
  if (query.sort !== "") params.set("sort", query.sort);
  if (query.companyId) params.set("companyId", query.companyId);
  if (query.match === "any") params.set("match", "any");
  return params;
}

/** Where all matches are to be had as a file. */
export function exportAddress(
  list: ListName,
  query: ListQuery,
  file: { format: "csv" | "xlsx"; columns: readonly string[]; language: string },
): string {
  const params = addressOf(query);
  params.set("format", file.format);
  params.set("language", file.language);
  for (const column of file.columns) params.append("column", column);
  return `${paths[list]}/export?${params}`;
}

export const viewsQuery = (list: ListName) =>
  queryOptions({
    queryKey: ["list-views", list] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/list-views", { params: { query: { list } }, signal })),
  });

export type ViewChange = { list: string; name: string; query: string; usual: boolean };

export const saveView = (body: ViewChange, key: string) =>
  take(client.POST("/api/v1/list-views", { body, params: { header: keyed(key) } }));

export const changeView = ({ id, ...body }: ViewChange & { id: string }) =>
  take(client.PUT("/api/v1/list-views/{id}", { params: { path: { id } }, body }));

export const shareView = (id: string) =>
  take(client.PUT("/api/v1/list-views/{id}/sharing", { params: { path: { id } }, body: { shared: true } }));

export const removeView = (id: string) =>
  take(client.DELETE("/api/v1/list-views/{id}", { params: { path: { id } } }));
