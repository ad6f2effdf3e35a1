import type { Page } from "./types";

const pageSize = 50;

/** So many pages of a list are fetched anew when something changes; they come one after the other. */
const mostFollowed = 20;

export const isFollowed = (data: unknown): boolean =>
  !(data && typeof data === "object" && "pages" in data && Array.isArray(data.pages)) ||
  data.pages.length <= mostFollowed;

type Paged<TKey, TPage> = {
  queryKey: TKey;
  initialPageParam: string | undefined;
  queryFn: (context: { pageParam: string | undefined; signal: AbortSignal }) => Promise<TPage>;
  getNextPageParam: (last: TPage) => string | undefined;
};

/** Options of an infinite query over a keyset list. */
export function paged<TKey extends readonly unknown[], TPage extends Page<unknown>>(
  queryKey: TKey,
  load: (after: string | undefined, signal: AbortSignal) => Promise<TPage>,
): Paged<TKey, TPage> {
  return {
    queryKey,
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: (last) => last.next ?? undefined,
  };
}

/** The paging parameters that every list takes. */
export function paging(after?: string, limit: number = pageSize): { limit: number; after?: string } {
  return { limit, ...(after !== undefined && { after }) };
}

/** All entries of a list that is short by nature, such as warehouses and accounts. */
export async function everyEntry<T>(load: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const entries: T[] = [];
  let after: string | undefined;
  do {
    const page = await load(after);
    entries.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return entries;
}

/** Query parameters without the empty ones; only optional ones may be empty. */
export function given<T extends Record<string, unknown>>(values: T): T {
  const kept = Object.entries(values).filter(
    ([, value]) => value !== "" && value !== undefined && value !== null,
  );
  return Object.fromEntries(kept) as T;
}
