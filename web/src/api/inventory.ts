import { queryOptions } from "@tanstack/react-query";
import { client, keyed, take } from "./client";
import { everyEntry, given, paged, paging } from "./paged";
import type { IssueReason, StockStatus } from "./types";

export type CourseFilter = { companyId: string; itemId: string; warehouseId: string; days: number };

/** The stock of an item day by day. */
export const stockCourseQuery = (filter: CourseFilter) =>
  queryOptions({
    queryKey: ["stock", filter.companyId, "course", filter] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/stock/history", { params: { query: given(filter) }, signal })),
  });

export type MomentFilter = { companyId: string; moment: string; warehouseId: string; itemId: string };

/** What lay where at a moment. */
export const stockAtQuery = (filter: MomentFilter) =>
  paged(["stock", filter.companyId, "at", filter] as const, (after, signal) =>
    take(
      client.GET("/api/v1/stock/at", {
        params: { query: { ...given(filter), ...paging(after) } },
        signal,
      }),
    ),
  );

/** Where an item lies and who holds it. */
export const whereQuery = (companyId: string, itemId: string) =>
  queryOptions({
    queryKey: ["stock", companyId, "where", itemId] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/items/{id}/stock", {
          params: { path: { id: itemId }, query: { companyId } },
          signal,
        }),
      ),
  });

/** Where a lot came from and where it went. */
export const lotQuery = (companyId: string, itemId: string, lot: string) =>
  queryOptions({
    queryKey: ["stock", companyId, "lot", itemId, lot] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/items/{id}/lot", {
          params: { path: { id: itemId }, query: { companyId, lot } },
          signal,
        }),
      ),
  });

/** The stock of one item in one warehouse; no rows when it was never received there. */
export const stockOfLineQuery = (filter: { companyId: string; warehouseId: string; itemId: string }) =>
  queryOptions({
    queryKey: ["stock", filter.companyId, "line", filter] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/stock", {
          params: {
            query: {
              companyId: filter.companyId,
              filter: [`itemId:is:${filter.itemId}`, `warehouseId:is:${filter.warehouseId}`],
              ...paging(undefined, 1),
            },
          },
          signal,
        }),
      ),
  });

export const warehousesQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["warehouses", companyId] as const,
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      everyEntry((after) =>
        take(
          client.GET("/api/v1/warehouses", {
            params: { query: { companyId, ...paging(after, 200) } },
            signal,
          }),
        ),
      ),
  });

export const createWarehouse = (body: { companyId: string; code: string; name: string }, key: string) =>
  take(client.POST("/api/v1/warehouses", { body, params: { header: keyed(key) } }));

export type StockLine = {
  itemId: string;
  quantity: string;
  unit: string | null;
  lot?: string | null;
  bin?: string | null;
  expires?: string | null;
  expectedId?: string | null;
};

type Receipt = {
  warehouseId: string;
  date: string;
  reference: string;
  /** Whose goods they are; without one they are the company's own. */
  ownerId: string;
  lines: StockLine[];
};

const whole = <T extends Receipt>(
  { ownerId, ...document }: T,
  take: "fefo" | null = null,
  bin: string | null = null,
) => ({
  ...document,
  reference: document.reference || null,
  lines: document.lines.map(({ lot = null, expires = null, expectedId = null, ...line }) => ({
    ...line,
    ...{ bin, lot, status: null, expires, take, expectedId, ownerId: ownerId || null },
  })),
});

/** All of it is put into one bin, or onto one pallet. */
export const receiveStock = ({ bin, ...receipt }: Receipt & { bin: string }, key: string) =>
  take(
    client.POST("/api/v1/receipts", {
      body: { ...whole(receipt, null, bin || null), reason: null },
      params: { header: keyed(key) },
    }),
  );

/**
 * Taken from where it expires first, whatever bin that is; of a lot that is named, from any of its bins. What is not the
 * company's own is taken from the bin that is named.
 */
export const issueStock = (
  { bin, ...issue }: Receipt & { reason: IssueReason; reservationId: string | null; bin: string | null },
  key: string,
) =>
  take(
    client.POST("/api/v1/issues", {
      body: issue.ownerId ? whole(issue, null, bin) : whole(issue, "fefo"),
      params: { header: keyed(key) },
    }),
  );

/** From where to where, and what becomes of the goods: the same for all lines. */
type Way = {
  toWarehouseId: string;
  bin: string;
  toBin: string;
  status: StockStatus;
  toStatus: StockStatus;
};

export function transferStock(
  { lines, bin, toBin, status, toStatus, ownerId, ...head }: Receipt & Way,
  key: string,
) {
  const way = {
    bin: bin || null,
    toBin: toBin || null,
    status,
    toStatus,
    ownerId: ownerId || null,
  };
  const body = {
    ...head,
    reference: head.reference || null,
    lines: lines.map(({ itemId, quantity, unit, lot = null }) => ({ itemId, quantity, unit, lot, ...way })),
  };
  return take(client.POST("/api/v1/transfers", { body, params: { header: keyed(key) } }));
}

export const reverseDocument = (
  { companyId, document, date }: { companyId: string; document: string; date: string },
  key: string,
) =>
  take(
    client.POST("/api/v1/reversals", {
      body: { companyId, document, date, reference: null },
      params: { header: keyed(key) },
    }),
  );
