import { Table } from "@mantine/core";
import { type RowData, type TableOptions, useTable } from "@tanstack/react-table";
import type { ReactNode } from "react";
import classes from "./DataTable.module.css";
import { type ColumnMeta, features } from "./table";

export type RowProps = {
  "data-testid"?: string;
  "data-muted"?: boolean | undefined;
  "data-code"?: string;
};

export type DataTableProps<TRow extends RowData> = {
  columns: TableOptions<typeof features, TRow>["columns"];
  rows: TRow[];
  rowId: (row: TRow) => string;
  label: string;
  rowProps?: ((row: TRow) => RowProps) | undefined;
  footer?: ReactNode;
  /** Of how many pixels it makes do before it scrolls. */
  minWidth?: number;
};

/** A plain table: dense rows, sticky head, figures right aligned. */
export function DataTable<TRow extends RowData>(props: DataTableProps<TRow>) {
  const { columns, rows, rowId, label, rowProps, footer, minWidth = 520 } = props;
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" className={footer ? "" : classes.cards}>
      <Table className={classes.table} highlightOnHover aria-label={label}>
        <Table.Thead className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <Table.Th key={header.id} {...cellProps(header.column.columnDef.meta)} scope="col">
                  <table.FlexRender header={header} />
                </Table.Th>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row) => (
            <Table.Tr key={row.id} className={classes.row} {...rowProps?.(row.original)}>
              {row.getAllCells().map((cell) => (
                <Table.Td
                  key={cell.id}
                  data-testid={cell.column.columnDef.meta?.testId}
                  data-title={titleOf(cell.column.columnDef.header)}
                  {...cellProps(cell.column.columnDef.meta)}
                >
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {footer && <Table.Tfoot className={classes.foot}>{footer}</Table.Tfoot>}
      </Table>
    </Table.ScrollContainer>
  );
}

/** What a card says above the value. */
const titleOf = (header: unknown) => (typeof header === "string" && header !== "#" ? header : undefined);

function cellProps(meta: ColumnMeta | undefined) {
  const align = meta?.align && classes[meta.align];
  return {
    className: [meta?.figure ? classes.figure : meta?.tight && classes.tight, align]
      .filter(Boolean)
      .join(" "),
    visibleFrom: meta?.from,
    w: meta?.width,
  } as const;
}
