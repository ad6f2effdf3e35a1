import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { EditCell } from "./EditCell";
import classes from "./List.module.css";
import type { Cell } from "./ListTable";
import type { ListViewProps } from "./ListView";
import type { Mark } from "./useChangedRows";

/** How a column is changed where it stands: whether this row may be, and what saving does. */
export type Edit<TRow> = {
  may: (row: TRow) => boolean;
  save: (row: TRow, value: string) => Promise<unknown>;
};
export type Edits<TRow> = Record<string, Edit<TRow>>;

type ListRowProps<TRow> = {
  row: TRow;
  id: string;
  at: number;
  columns: readonly ListColumn[];
  cells: Record<string, Cell<TRow>>;
  active: boolean;
  rowProps: ListViewProps<TRow>["rowProps"];
  /** Set while the row lights up. */
  mark: Mark | undefined;
  actions: Cell<TRow> | undefined;
  onPoint: ((row: TRow) => void) | undefined;
  /** Null where rows are not chosen. */
  chosen: boolean | null;
  onChoose: (id: string) => void;
  edits: Edits<TRow> | undefined;
  /** What is said of a value that can be changed. */
  hint: string;
  /** The column that is being changed. */
  editing: string | null;
  /** Takes the height of a row, which some need more of. */
  measure: (row: HTMLElement | null) => void;
  onEdit: (id: string, column: string | null) => void;
};

function Row<TRow>(given: ListRowProps<TRow>) {
  const {
    row,
    id,
    at,
    columns,
    cells,
    active,
    rowProps,
    mark,
    actions,
    onPoint,
    chosen,
    onChoose,
    edits,
    hint,
    editing,
    measure,
    onEdit,
  } = given;
  const { t } = useTranslation();
  return (
    <tr
      ref={measure}
      data-index={at}
      data-active={active}
      aria-rowindex={at + 1}
      onMouseEnter={() => onPoint?.(row)}
      // A finger and the keyboard do not point: then it is fetched beside the code of the screen.
      onClickCapture={() => onPoint?.(row)}
      data-changed={mark}
      {...rowProps(row)}
    >
      {chosen !== null && (
        <td className={classes.choose}>
          <input
            type="checkbox"
            aria-label={t("list.chooseRow", { row: at + 1 })}
            checked={chosen}
            onChange={() => onChoose(id)}
            data-testid={`choose-${at}`}
          />
        </td>
      )}
      {columns.map((column, place) => {
        const edit = edits?.[column.name];
        const may = edit?.may(row) ?? false;
        return (
          <td
            key={column.name}
            data-title={column.title}
            className={`${place === 0 ? classes.frozen : ""} ${column.kind === "number" ? classes.figure : ""} ${
              may ? classes.editable : ""
            }`}
            title={may ? hint : undefined}
            onDoubleClick={may ? () => onEdit(id, column.name) : undefined}
          >
            {edit && editing === column.name ? (
              <EditCell
                label={column.title}
                value={String((row as Record<string, unknown>)[column.name] ?? "")}
                onSave={(value) => edit.save(row, value)}
                onEnd={() => onEdit(id, null)}
              />
            ) : (
              cells[column.name]?.(row)
            )}
          </td>
        );
      })}
      {actions && <td className={classes.actions}>{actions(row)}</td>}
    </tr>
  );
}

/** Plain elements, and drawn again only when something of the row is new: while one types, a screen full of them must not cost a beat. */
export const ListRow = memo(Row) as typeof Row;
