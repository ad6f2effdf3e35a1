import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Field = Schemas["Field"];
export type FieldBody = Schemas["FieldsRequest"];
export type FieldValues = Schemas["FieldValuesRow"];

export const fieldTypes = ["item", "partner", "stock_adjustment"] as const;
export const fieldKinds = ["text", "number", "date", "flag", "choice"] as const;
export type FieldKind = (typeof fieldKinds)[number];

export const fieldsQuery = (documentType: string) =>
  queryOptions({
    queryKey: ["fields", documentType] as const,
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/fields", { params: { query: { documentType } }, signal })),
  });

export type SavedField = { body: FieldBody; field: Field | null };

/** Adds a field, or changes the one given; its name and kind stay. */
export const saveField = ({ body, field }: SavedField, key: string) =>
  field
    ? take(
        client.PUT("/api/v1/fields/{id}", {
          body: {
            titleEn: body.titleEn,
            titleTr: body.titleTr,
            choices: body.choices ?? null,
            position: body.position ?? 0,
          },
          params: { path: { id: field.id } },
          ...ifMatch(field.version),
        }),
      )
    : take(client.POST("/api/v1/fields", { body, params: { header: keyed(key) } }));

export const retireField = ({ id, retired }: { id: string; retired: boolean }, key: string) =>
  retired
    ? take(client.POST("/api/v1/fields/{id}/retirement", { params: { path: { id }, header: keyed(key) } }))
    : take(client.POST("/api/v1/fields/{id}/restoration", { params: { path: { id }, header: keyed(key) } }));

/** What the fields say of some things; those of which they say nothing are not there. */
export const fieldValuesQuery = (documentType: string, id: string[]) =>
  queryOptions({
    queryKey: ["field-values", documentType, id] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/field-values", { params: { query: { documentType, id } }, signal })),
  });

export type SavedValues = {
  documentType: string;
  documentId: string;
  version: number;
  values: Record<string, string>;
};

export const saveFieldValues = ({ version, ...body }: SavedValues) =>
  take(client.PUT("/api/v1/field-values", { body, ...ifMatch(version) }));
