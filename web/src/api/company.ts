import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import type { LetterheadChange, MailSettingsChange } from "./types";

export const letterheadQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["letterhead", companyId] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/companies/{companyId}/letterhead", { params: { path: { companyId } }, signal }),
      ),
  });

type Change<TBody> = { companyId: string; version: number; body: TBody };

export const changeLetterhead = ({ companyId, version, body }: Change<LetterheadChange>) =>
  take(
    client.PUT("/api/v1/companies/{companyId}/letterhead", {
      params: { path: { companyId } },
      body,
      ...ifMatch(version),
    }),
  );

export const mailSettingsQuery = (companyId: string) =>
  queryOptions({
    queryKey: ["mail-settings", companyId] as const,
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/companies/{companyId}/mail-settings", {
          params: { path: { companyId } },
          signal,
        }),
      ),
  });

export const changeMailSettings = ({ companyId, version, body }: Change<MailSettingsChange>) =>
  take(
    client.PUT("/api/v1/companies/{companyId}/mail-settings", {
      params: { path: { companyId } },
      body,
      ...ifMatch(version),
    }),
  );

export const sendTestMail = (
  { companyId, ...body }: { companyId: string; to: string; language: string },
  key: string,
) =>
  take(
    client.POST("/api/v1/companies/{companyId}/test-mails", {
      params: { path: { companyId }, header: keyed(key) },
      body,
    }),
  );
