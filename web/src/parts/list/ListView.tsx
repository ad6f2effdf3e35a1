import { Group, Paper, Stack, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { columnsQuery, type ListName, type ListQuery, listQuery } from "@/api/lists";
import { useFormat } from "@/format/useFormat";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import { SearchInput } from "@/parts/SearchInput";
import { useCompany } from "@/session/company";
import { ColumnChooser } from "./ColumnChooser";
import { exact, parseCondition, writeCondition } from "./condition";
import { ExportButton } from "./ExportButton";
import { FilterBar } from "./FilterBar";
import { GroupPicker } from "./GroupPicker";
import { Groups } from "./Groups";
import { type Cell, ListTable } from "./ListTable";
import { plainCell } from "./plainCell";
import { useListState } from "./useListState";
import { ViewMenu } from "./ViewMenu";
import { useKeptWalk } from "./walk";

type ListViewProps<TRow> = {
  list: ListName;
  /** How a column is drawn where the plain value does not do. */
  cells: Record<string, Cell<TRow>>;
  rowId: (row: TRow) => string;
  rowProps: (row: TRow) => { "data-testid"?: string; "data-muted"?: boolean };
  linkOf: (row: TRow) => string;
  /** Fetches what opening the row will show. */
  onPoint?: (row: TRow) => void;
  label: string;
  /** Its rows are those of the company one is in. */
  ofCompany?: boolean;
  /** Without it the list has no search. */
  searchLabel?: string;
  /** Shown while there is nothing at all. */
  empty: ReactNode;
  /** What can be done with the chosen rows. */
  bulk?: (chosen: readonly string[], done: () => void) => ReactNode;
};

const none: ReadonlySet<string> = new Set();

/**
 * Every list of the program: found by words and conditions, sorted, gathered, with the columns and under the names that its
 * readers like, all of it in the address.
 */
export function ListView<TRow extends object>(props: ListViewProps<TRow>) {
  const {
    list,
    cells,
    rowId,
    rowProps,
    linkOf,
    label,
    searchLabel,
    empty,
    bulk,
    onPoint,
    ofCompany = false,
  } = props;
  const companyId = useCompany().id;
  const { t } = useTranslation();
  const format = useFormat();
  const { state, change, text, open } = useListState();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(none);
  const shape = useQuery(columnsQuery(list, format.locale));
  const all = useMemo(() => shape.data?.columns ?? [], [shape.data]);
  const shown = useMemo(
    () =>
      state.columns
        ? state.columns.flatMap((name) => all.find((column) => column.name === name) ?? [])
        : all.filter((column) => !column.hidden),
    [all, state.columns],
  );
  const query = useMemo<ListQuery>(
    () => ({
      ...(ofCompany && { companyId }),
      search: state.search,
      match: state.match,
      sort: state.sort,
      filter: state.filter.map((one) => {
        const condition = parseCondition(one);
        const kind = all.find((column) => column.name === condition.column)?.kind ?? "text";
        return writeCondition(exact(condition, kind));
      }),
    }),
    [state.search, state.match, state.sort, state.filter, all, ofCompany, companyId],
  );
  const rowsQuery = useInfiniteQuery({
    ...listQuery<TRow>(list, query),
    enabled: shape.isSuccess && state.group === "",
    placeholderData: (previous) => previous,
  });
  const rows = useRows(rowsQuery.data);
  /** The rows in sight are still those of the list before. */
  const late = rowsQuery.isPlaceholderData;
  const links = useMemo(() => (late ? [] : rows.map(linkOf)), [rows, linkOf, late]);
  useKeptWalk(links, rowsQuery.hasNextPage);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = rowsQuery;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const drawn = useMemo(
    () =>
      Object.fromEntries(
        shown.map((column) => [column.name, cells[column.name] ?? plainCell<TRow>(column, format, t)]),
      ),
    [shown, cells, format, t],
  );
  const filtered = state.search !== "" || state.filter.length > 0;
  const error = shape.error ?? rowsQuery.error;
  const marked = bulk && chosen.size > 0 ? [...chosen] : null;
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="space-between" wrap="wrap">
        <Group gap="xs">
          <ViewMenu list={list} text={text} onOpen={open} />
          {searchLabel && (
            <SearchInput value={state.search} onChange={(search) => change({ search })} label={searchLabel} />
          )}
        </Group>
        <Group gap={6}>
          <GroupPicker columns={all} group={state.group} measure={state.measure} onChange={change} />
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
      <Paper withBorder>
        {error !== null && (
          <ProblemNote
            error={error}
            onRetry={() => void (shape.error ? shape.refetch() : rowsQuery.refetch())}
            retrying={shape.isFetching || rowsQuery.isFetching}
          />
        )}
        {state.group !== "" && shape.isSuccess ? (
          <Groups
            list={list}
            query={query}
            by={state.group.split(",").flatMap((name) => all.find((column) => column.name === name) ?? [])}
            measure={state.measure}
            columns={all}
            onOpen={(conditions) =>
              change({
                group: "",
                measure: "",
                ...(state.filter.length < 2 && { match: "all" as const }),
                filter: [...state.filter, ...conditions],
              })
            }
          />
        ) : (
          <>
            {(shape.isPending || rowsQuery.isPending) && error === null && <Loading />}
            {rowsQuery.data &&
              rows.length === 0 &&
              (filtered ? <Empty title={t("list.nothingFound")} text={t("common.otherFilter")} /> : empty)}
            {rows.length > 0 && (
              <ListTable
                rows={rows}
                columns={shown}
                cells={drawn}
                rowId={rowId}
                rowProps={rowProps}
                linkOf={linkOf}
                onPoint={onPoint}
                label={label}
                late={late}
                sort={state.sort}
                onSort={(sort) => change({ sort })}
                onNearEnd={more}
                chosen={bulk ? chosen : null}
                onChoose={setChosen}
              />
            )}
          </>
        )}
      </Paper>
      {rows.length > 0 && state.group === "" && (
        <Text size="xs" c="dimmed" data-testid="row-count">
          {t(hasNextPage ? "list.rowsAndMore" : "list.rows", { count: rows.length })}
        </Text>
      )}
    </Stack>
  );
}
