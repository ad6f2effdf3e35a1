import { queryOptions } from "@tanstack/react-query";
import { client, ifMatch, keyed, take } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Adjustment = Schemas["AdjustmentsDetail"];
export type AdjustmentRow = Schemas["ListAdjustmentsRow"];
export type AdjustmentLine = Schemas["AdjustmentsShownLine"];
export type AdjustmentBody = Schemas["AdjustmentsRequest"];
export type ApprovalTrail = Schemas["ShowApprovalTrail"];

export const adjustmentReasons = ["count", "damage", "loss", "found", "correction"] as const;
export const adjustmentStates = ["draft", "waiting", "posted", "rejected", "withdrawn"] as const;
export type AdjustmentState = (typeof adjustmentStates)[number];

export const adjustmentType = "stock_adjustment";

export const adjustmentQuery = (companyId: string, id: string) =>
  queryOptions({
    queryKey: ["adjustments", companyId, "one", id] as const,
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/stock-adjustments/{id}", { params: { path: { id } }, signal })),
  });

export const createAdjustment = (body: AdjustmentBody, key: string) =>
  take(client.POST("/api/v1/stock-adjustments", { body, params: { header: keyed(key) } }));

export const changeAdjustment = ({
  id,
  version,
  body,
}: {
  id: string;
  version: number;
  body: AdjustmentBody;
}) =>
  take(client.PUT("/api/v1/stock-adjustments/{id}", { body, params: { path: { id } }, ...ifMatch(version) }));

export const submitAdjustment = (id: string, key: string) =>
  take(
    client.POST("/api/v1/stock-adjustments/{id}/submission", {
      params: { path: { id }, header: keyed(key) },
    }),
  );

export const withdrawAdjustment = (id: string, key: string) =>
  take(
    client.POST("/api/v1/stock-adjustments/{id}/withdrawal", {
      params: { path: { id }, header: keyed(key) },
    }),
  );

export type Decision = {
  documentId: string;
  approvalId: string;
  decision: "approve" | "reject";
  comment: string;
};

export const decideAdjustment = ({ documentId: id, approvalId, decision, comment }: Decision, key: string) =>
  take(
    client.POST("/api/v1/stock-adjustments/{id}/approval", {
      body: { approvalId, decision, comment: comment === "" ? null : comment },
      params: { path: { id }, header: keyed(key) },
    }),
  );
