import { client, keyed, take } from "./client";
import { paged, paging } from "./paged";

export const mailsOfQuery = (documentType: string, documentId: string) =>
  paged(["mails", "of", documentType, documentId] as const, (after, signal) =>
    take(
      client.GET("/api/v1/mails", {
        params: {
          query: {
            filter: [`documentType:is:${documentType}`, `documentId:is:${documentId}`],
            ...paging(after),
          },
        },
        signal,
      }),
    ),
  );

export type Letter = { to: string; language: string; note: string };

export const mailVoucher = ({ id, ...body }: Letter & { id: string }, key: string) =>
  take(client.POST("/api/v1/vouchers/{id}/mails", { params: { path: { id }, header: keyed(key) }, body }));

export const mailStock = ({ note: _, ...body }: Letter & { companyId: string; query: string }, key: string) =>
  take(client.POST("/api/v1/stock/mails", { params: { header: keyed(key) }, body }));
