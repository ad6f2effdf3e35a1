import { queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";
import { newKey } from "./intent";
import { Problem } from "./problem";
import type { Attachment } from "./types";

export type DocumentRef = { documentType: string; documentId: string };

export const attachmentsQuery = (document: DocumentRef) =>
  queryOptions({
    queryKey: ["attachments", document.documentType, document.documentId] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/attachments", { params: { query: document }, signal })),
  });

export const contentOf = (id: string) => `/api/v1/attachments/${id}/content`;

/** Streams the file itself, which the typed client has no body for; the id makes repeating it safe. */
export async function attachFile({ file, ...document }: DocumentRef & { file: File }): Promise<Attachment> {
  const query = new URLSearchParams({ ...document, name: file.name });
  const answer = await fetch(`/api/v1/attachments/${newKey()}?${query}`, {
    method: "PUT",
    credentials: "same-origin",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  }).catch(() => {
    throw new Problem(0, null);
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, body);
  return body as Attachment;
}

export const removeFile = (id: string) =>
  take(client.DELETE("/api/v1/attachments/{id}", { params: { path: { id } } }));
