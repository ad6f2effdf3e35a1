import { Checkbox, Table } from "@mantine/core";
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
  at: number;
  columns: readonly ListColumn[];
  cells: Record<string, Cell<TRow>>;
  active: boolean;
  props: ReturnType<ListViewProps<TRow>["rowProps"]>;
  /** Set while the row lights up. */
  mark: Mark | undefined;
  actions: Cell<TRow> | undefined;
  onPoint: ((row: TRow) => void) | undefined;
  /** Null where rows are not chosen. */
  chosen: boolean | null;
  onChoose: () => void;
  edits: Edits<TRow> | undefined;
  /** The column that is being changed. */
  editing: string | null;
  /** Takes the height of a row, which some need more of. */
  measure: (row: HTMLElement | null) => void;
  onEdit: (column: string | null) => void;
};

export function ListRow<TRow>(given: ListRowProps<TRow>) {
  const {
    row,
    at,
    columns,
    cells,
    active,
    props,
    mark,
    actions,
    onPoint,
    chosen,
    onChoose,
    edits,
    editing,
    measure,
    onEdit,
  } = given;
  const { t } = useTranslation();
  return (
    <Table.Tr
      ref={measure}
      data-index={at}
      data-active={active}
      aria-rowindex={at + 1}
      onMouseEnter={() => onPoint?.(row)}
      data-changed={mark}
      {...props}
    >
      {chosen !== null && (
        <Table.Td className={classes.choose}>
          <Checkbox
            size="xs"
            aria-label={t("list.chooseRow", { row: at + 1 })}
            checked={chosen}
            onChange={onChoose}
            data-testid={`choose-${at}`}
          />
        </Table.Td>
      )}
      {columns.map((column, place) => {
        const edit = edits?.[column.name];
        const may = edit?.may(row) ?? false;
        return (
          <Table.Td
            key={column.name}
            data-title={column.title}
            className={`${place === 0 ? classes.frozen : ""} ${column.kind === "number" ? classes.figure : ""} ${
              may ? classes.editable : ""
            }`}
            title={may ? t("list.editHint") : undefined}
            onDoubleClick={may ? () => onEdit(column.name) : undefined}
          >
            {edit && editing === column.name ? (
              <EditCell
                label={column.title}
                value={String((row as Record<string, unknown>)[column.name] ?? "")}
                onSave={(value) => edit.save(row, value)}
                onEnd={() => onEdit(null)}
              />
            ) : (
              cells[column.name]?.(row)
            )}
          </Table.Td>
        );
      })}
      {actions && <Table.Td className={classes.actions}>{actions(row)}</Table.Td>}
    </Table.Tr>
  );
}
