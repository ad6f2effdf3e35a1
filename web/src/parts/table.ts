import { createColumnHelper, metaHelper, type RowData, tableFeatures } from "@tanstack/react-table";

export type ColumnMeta = {
  align?: "end";
  /** Figures: right aligned, digits of one width. */
  figure?: boolean;
  /** Kept on one line: codes, dates, states. */
  tight?: boolean;
  testId?: string;
  /** Left out below this width. */
  from?: "md" | "lg";
  width?: number;
};

export const features = tableFeatures({ columnMeta: metaHelper<ColumnMeta>() });

export const columnsOf = <TRow extends RowData>() => createColumnHelper<typeof features, TRow>();
