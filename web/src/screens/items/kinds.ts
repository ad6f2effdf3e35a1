import type { ItemKind, ItemTracking } from "@/api/types";

export const itemKinds: readonly ItemKind[] = ["raw", "semi", "finished", "goods", "other"];

export const itemTrackings: readonly ItemTracking[] = ["none", "lot", "serial"];

export const itemUnits: readonly string[] = [
  "pcs",
  "kg",
  "g",
  "m",
  "m2",
  "m3",
  "l",
  "set",
  "box",
  "carton",
  "pallet",
  "roll",
  "h",
];
