import { Table } from "@mantine/core";
import { useCallbackRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { ListColumn } from "@/api/lists";
import { prefetchScreen } from "@/frame/prefetch";
import classes from "./List.module.css";
import { ListHead } from "./ListHead";
import { type Edits, ListRow } from "./ListRow";
import type { ListViewProps } from "./ListView";
import type { Mark } from "./useChangedRows";

export type Cell<TRow> = (row: TRow) => ReactNode;

type ListTableProps<TRow> = {
  rows: TRow[];
  columns: readonly ListColumn[];
  cells: Record<string, Cell<TRow>>;
  rowId: (row: TRow) => string;
  rowProps: ListViewProps<TRow>["rowProps"];
  linkOf: ((row: TRow) => string) | undefined;
  /** Fetches what opening the row will show. */
  onPoint?: ((row: TRow) => void) | undefined;
  label: string;
  /** The rows that were asked for are still on their way. */
  late: boolean;
  sort: string;
  onSort: (sort: string) => void;
  /** More rows are wanted: the reader comes near the end. */
  onNearEnd: () => void;
  chosen: ReadonlySet<string> | null;
  onChoose: (change: (chosen: ReadonlySet<string>) => ReadonlySet<string>) => void;
  /** The columns that are changed where they stand. */
  edits: Edits<TRow> | undefined;
  /** What can be done with one row. */
  actions: Cell<TRow> | undefined;
  /** The rows that light up. */
  changed: ReadonlyMap<string, Mark>;
};

const rowHeight = 34;

/** Rows of any number: only those in sight are drawn, and more are fetched before one arrives at the end. */
export function ListTable<TRow>(props: ListTableProps<TRow>) {
  const {
    rows,
    columns,
    cells,
    rowId,
    rowProps,
    linkOf,
    label,
    late,
    sort,
    onSort,
    onNearEnd,
    chosen,
    onChoose,
    onPoint,
    edits,
    actions,
    changed,
  } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const box = useRef<HTMLElement>(null);
  const [active, setActive] = useState(-1);
  const [editing, setEditing] = useState<{ id: string; column: string } | null>(null);
  // Kept as it is while one scrolls: a new one has every row measured again.
  const keyAt = useCallback((at: number) => rowId(rows[at] as TRow), [rows, rowId]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: keyAt,
  });
  const toggle = useCallback(
    (id: string) =>
      onChoose((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [onChoose],
  );
  const point = useCallbackRef((row: TRow) => {
    if (linkOf) prefetchScreen(linkOf(row));
    onPoint?.(row);
  });
  const edit = useCallback(
    (id: string, column: string | null) => setEditing(column === null ? null : { id, column }),
    [],
  );
  const inSight = virtual.getVirtualItems();
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 30) onNearEnd();
  }, [last, rows.length, onNearEnd]);

  const onKey = (event: KeyboardEvent) => {
    if (event.target !== box.current) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(rows.length - 1, active + step));
      setActive(next);
      virtual.scrollToIndex(next);
    }
    const row = rows[active];
    if (event.key === "Enter" && row && linkOf) navigate(linkOf(row));
    const first = columns.find(({ name }) => row && edits?.[name]?.may(row));
    if (event.key === "F2" && row && first) setEditing({ id: rowId(row), column: first.name });
    if (event.key === " " && row && chosen) {
      event.preventDefault();
      toggle(rowId(row));
    }
  };
  const all = chosen !== null && rows.length > 0 && chosen.size === rows.length;
  const hint = t("list.editHint");
  const span = columns.length + (chosen ? 1 : 0) + (actions ? 1 : 0);
  const gap = (height: number) =>
    height > 0 && (
      <tr aria-hidden>
        <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
      </tr>
    );
  return (
    <section
      ref={box}
      className={classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the rows are walked with the arrow keys
      tabIndex={0}
      onKeyDown={onKey}
      aria-label={label}
      aria-busy={late}
      data-testid="list-rows"
    >
      <Table className={classes.table} aria-rowcount={rows.length}>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            {chosen && (
              <Table.Th w={36} className={classes.choose}>
                <input
                  type="checkbox"
                  ref={(box) => {
                    if (box) box.indeterminate = !all && chosen.size > 0;
                  }}
                  aria-label={t("list.chooseAll")}
                  checked={all}
                  onChange={() => onChoose(() => new Set(all ? [] : rows.map(rowId)))}
                  data-testid="choose-all"
                />
              </Table.Th>
            )}
            {columns.map((column, at) => (
              <ListHead key={column.name} column={column} frozen={at === 0} sort={sort} onSort={onSort} />
            ))}
            {actions && <Table.Th className={classes.actions} aria-label={t("list.actions")} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {gap(inSight[0]?.start ?? 0)}
          {inSight.map(({ index, key }) => {
            const row = rows[index] as TRow;
            const id = rowId(row);
            return (
              <ListRow
                key={key}
                row={row}
                id={id}
                at={index}
                columns={columns}
                cells={cells}
                active={index === active}
                rowProps={rowProps}
                mark={changed.get(id)}
                actions={actions}
                onPoint={point}
                chosen={chosen === null ? null : chosen.has(id)}
                onChoose={toggle}
                edits={edits}
                hint={hint}
                editing={editing?.id === id ? editing.column : null}
                measure={virtual.measureElement}
                onEdit={edit}
              />
            );
          })}
          {gap(virtual.getTotalSize() - (inSight.at(-1)?.end ?? 0))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
