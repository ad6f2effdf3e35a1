import { queryOptions } from "@tanstack/react-query";
import { client, keyed, take } from "./client";
import { paged, paging } from "./paged";
import { Problem } from "./problem";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Import = Schemas["ImportsRow"];
export type ImportDetail = Schemas["SendFileDetail"];
export type ImportForm = Schemas["UnderstandFileRequest"];
export type ImportKind = Schemas["ImportEndpointsRow"];
export type ImportFault = Schemas["ImportFault"];

export const importKindsQuery = (language: "en" | "tr") =>
  queryOptions({
    queryKey: ["import-kinds", language] as const,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/import-kinds", { params: { query: { language } }, signal })),
  });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id] as const,
    queryFn: ({ signal }) => take(client.GET("/api/v1/imports/{id}", { params: { path: { id } }, signal })),
  });

export const faultsQuery = (id: string, version: number) =>
  paged(["imports", "faults", id, version] as const, (after, signal) =>
    take(
      client.GET("/api/v1/imports/{id}/faults", {
        params: { path: { id }, query: paging(after) },
        signal,
      }),
    ),
  );

/** The file goes as it is; its id is ours, so that sending it again changes nothing. */
export async function sendFile({
  id,
  kind,
  file,
}: {
  id: string;
  kind: string;
  file: File;
}): Promise<ImportDetail> {
  const query = new URLSearchParams({ kind, name: file.name });
  const response = await fetch(`/api/v1/imports/${id}?${query}`, {
    method: "PUT",
    body: file,
    headers: { "Content-Type": "application/octet-stream" },
    credentials: "same-origin",
  }).catch(() => {
    throw new Problem(0, null);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response.status, body);
  return body as ImportDetail;
}

export const understandFile = ({ id, ...body }: ImportForm & { id: string }) =>
  take(client.PUT("/api/v1/imports/{id}/form", { params: { path: { id } }, body }));

export type ImportStep = "check" | "run" | "undo" | "cancellation";

export const takeStep = ({ id, step }: { id: string; step: ImportStep }, key: string) =>
  take(
    client.POST(`/api/v1/imports/{id}/${step}` as "/api/v1/imports/{id}/check", {
      params: { path: { id }, header: keyed(key) },
    }),
  );

export const templateAddress = (kind: string, language: string) =>
  `/api/v1/import-kinds/${kind}/template?format=xlsx&language=${language}`;
