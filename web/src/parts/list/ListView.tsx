import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListName } from "@/api/lists";
import { Loading, ProblemNote } from "@/parts/Notes";
import { SearchInput } from "@/parts/SearchInput";
import { Board } from "./Board";
import { Calendar } from "./Calendar";
import { ColumnChooser } from "./ColumnChooser";
import { ExportButton } from "./ExportButton";
import { FilterBar } from "./FilterBar";
import { GroupPicker } from "./GroupPicker";
import { Groups } from "./Groups";
import { LayoutPicker } from "./LayoutPicker";
import type { Edits } from "./ListRow";
import { ListRows } from "./ListRows";
import type { Cell } from "./ListTable";
import { useDrawn } from "./plainCell";
import { SortPicker } from "./SortPicker";
import { type Choices, useList } from "./useList";
import { ViewMenu } from "./ViewMenu";

export type ListViewProps<TRow> = {
  list: ListName;
  /** How a column is drawn where the plain value does not do. */
  cells: Record<string, Cell<TRow>>;
  rowId: (row: TRow) => string;
  rowProps: (row: TRow) => { "data-testid"?: string; "data-muted"?: boolean; "data-state"?: string };
  /** What opens with the row; without it nothing does. */
  linkOf?: ((row: TRow) => string) | undefined;
  /** Fetches what opening the row will show. */
  onPoint?: (row: TRow) => void;
  label: string;
  /** Its rows are those of the company one is in. */
  ofCompany?: boolean;
  /** Without it the list has no search. */
  searchLabel?: string;
  /** Shown while there is nothing at all. */
  empty: ReactNode;
  /** The columns that are changed where they stand. */
  edits?: Edits<TRow>;
  /** The values of columns whose words the screen knows. */
  choices?: Choices;
  /** What can be done with one row. */
  actions?: Cell<TRow>;
  /** A row whose figures change while one looks at it lights up for a moment. */
  figuresOf?: (row: TRow) => string;
  /** Milliseconds after which it looks again, where no event tells of a change. */
  looksEvery?: number;
  /** What can be done with the chosen rows. */
  bulk?: (chosen: readonly string[], done: () => void) => ReactNode;
};

const none: ReadonlySet<string> = new Set();

/**
 * Every list of the program: found by words and conditions, sorted, gathered, as a table, a board or a calendar, with the
 * columns and under the names that its readers like, all of it in the address.
 */
export function ListView<TRow extends object>(props: ListViewProps<TRow>) {
  const { list, cells, searchLabel, bulk, ofCompany = false } = props;
  const { t } = useTranslation();
  const { shape, all, shown, state, change, text, open, query } = useList(list, ofCompany, props.choices);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(none);
  /** On a telephone they are put away until somebody wants them. */
  const [tools, setTools] = useState(false);
  const drawn = useDrawn(all, cells);
  const marked = bulk && chosen.size > 0 ? [...chosen] : null;
  const grouped = state.group.split(",").flatMap((name) => all.find((column) => column.name === name) ?? []);
  const laid = { props, query, all, shown, drawn };
  const drill = (conditions: string[]) => {
    const sure = state.match === "all" || state.filter.length < 2;
    change({
      group: "",
      measure: "",
      layout: "table",
      // Beside conditions of which one is enough, what was chosen is to hold in any case.
      ...(sure
        ? { match: "all" as const, filter: [...state.filter, ...conditions] }
        : { within: [...state.within, ...conditions] }),
    });
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="space-between" wrap="wrap">
        <Group gap="xs">
          <ViewMenu list={list} text={text} onOpen={open} />
          <Button
            variant="default"
            hiddenFrom="sm"
            aria-expanded={tools}
            onClick={() => setTools(!tools)}
            data-testid="list-tools"
          >
            {t("list.tools")}
          </Button>
          {searchLabel && (
            <SearchInput value={state.search} onChange={(search) => change({ search })} label={searchLabel} />
          )}
        </Group>
        <Group gap={6} {...(!tools && { visibleFrom: "sm" })}>
          {state.layout === "table" && (
            <SortPicker columns={shown} sort={state.sort} onSort={(sort) => change({ sort })} />
          )}
          <LayoutPicker columns={all} layout={state.layout} onChange={change} />
          {state.layout === "table" && (
            <GroupPicker columns={all} group={state.group} measure={state.measure} onChange={change} />
          )}
          <ColumnChooser columns={all} shown={shown} onChange={(columns) => change({ columns })} />
          <ExportButton list={list} query={query} columns={shown.map((column) => column.name)} />
        </Group>
      </Group>
      <Group gap="xs" mih={26}>
        {marked ? (
          <>
            <Text size="sm" fw={600}>
              {t("list.chosen", { count: marked.length })}
            </Text>
            {bulk?.(marked, () => setChosen(none))}
          </>
        ) : (
          <FilterBar columns={all} state={state} onChange={change} />
        )}
      </Group>
      {!shape.isSuccess && (
        <Paper withBorder>
          {shape.error === null ? (
            <Loading />
          ) : (
            <ProblemNote
              error={shape.error}
              onRetry={() => void shape.refetch()}
              retrying={shape.isFetching}
            />
          )}
        </Paper>
      )}
      {shape.isSuccess && state.layout === "board" && <Board {...laid} onOpen={drill} />}
      {shape.isSuccess && state.layout === "calendar" && (
        <Calendar {...laid} month={state.month} onMonth={(month) => change({ month })} onOpen={drill} />
      )}
      {shape.isSuccess &&
        state.layout === "table" &&
        (grouped.length > 0 ? (
          <Paper withBorder>
            <Groups
              list={list}
              query={query}
              by={grouped}
              measure={state.measure}
              columns={all}
              onOpen={drill}
            />
          </Paper>
        ) : (
          <ListRows
            {...laid}
            sort={state.sort}
            onSort={(sort) => change({ sort })}
            chosen={bulk ? chosen : null}
            onChoose={setChosen}
          />
        ))}
    </Stack>
  );
}
