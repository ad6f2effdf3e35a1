import { client, keyed, take } from "./client";
import type { StockLine } from "./inventory";

type Demand = {
  companyId: string;
  demand: string;
  whenShort: "refuse" | "wait";
  priority: number;
  neededOn: string | null;
  heldUntil: string | null;
  lines: (StockLine & { warehouseId: string })[];
};

export const reserveStock = ({ lines, ...demand }: Demand, key: string) =>
  take(
    client.POST("/api/v1/reservations", {
      body: { ...demand, lines: lines.map((line) => ({ lot: null, bin: null, ...line })) },
      params: { header: keyed(key) },
    }),
  );

export const releaseReservation = (id: string, key: string) =>
  take(client.POST("/api/v1/reservations/{id}/release", { params: { path: { id }, header: keyed(key) } }));
