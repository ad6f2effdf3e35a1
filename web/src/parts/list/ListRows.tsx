import { Button, Group, Paper, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type ListColumn, type ListQuery, listQuery } from "@/api/lists";
import { isFollowed } from "@/api/paged";
import { useAnchor } from "@/live/LiveProvider";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import { type Cell, ListTable } from "./ListTable";
import type { ListViewProps } from "./ListView";
import { useChangedRows } from "./useChangedRows";
import { useOwnValues, withOwn } from "./useOwnValues";
import { mostKept, useKeptWalk } from "./walk";

/** What each way to lay rows out is given. */
export type LaidOut<TRow> = {
  props: ListViewProps<TRow>;
  query: ListQuery;
  all: readonly ListColumn[];
  shown: readonly ListColumn[];
  drawn: Record<string, Cell<TRow>>;
};

type ListRowsProps<TRow> = LaidOut<TRow> & {
  sort: string;
  onSort: (sort: string) => void;
  chosen: ReadonlySet<string> | null;
  onChoose: (change: (chosen: ReadonlySet<string>) => ReadonlySet<string>) => void;
};

const nothing: never[] = [];
const unchanging = () => "";

/** The rows of a list one below the other. */
export function ListRows<TRow extends object>(given: ListRowsProps<TRow>) {
  const { props, query, shown, drawn, sort, onSort, chosen, onChoose } = given;
  const { list, rowId, rowProps, linkOf, onPoint, label, empty } = props;
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const rowsQuery = useInfiniteQuery({
    ...listQuery<TRow>(list, query),
    placeholderData: (previous) => previous,
    refetchInterval: props.looksEvery ?? false,
  });
  const pages = rowsQuery.data?.pages;
  useAnchor(pages?.[0]?.position);
  const loaded = useRows(rowsQuery.data);
  const changed = useChangedRows(
    props.figuresOf ? loaded : nothing,
    `${JSON.stringify(query)} ${pages?.length ?? 0}`,
    rowId,
    props.figuresOf ?? unchanging,
  );
  const ids = useMemo(() => loaded.map(rowId), [loaded, rowId]);
  const own = useOwnValues(list, shown, ids);
  const rows = useMemo(
    () => (own.size === 0 ? loaded : loaded.map((row) => withOwn(row, own.get(rowId(row))))),
    [loaded, own, rowId],
  );
  /** The rows in sight are still those of the list before. */
  const late = rowsQuery.isPlaceholderData;
  const links = useMemo(
    () => (late || !linkOf ? [] : rows.slice(0, mostKept + 1).map(linkOf)),
    [rows, linkOf, late],
  );
  useKeptWalk(links, rowsQuery.hasNextPage);
  const { fetchNextPage, hasNextPage, isFetchingNextPage, error } = rowsQuery;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const filtered = query.search !== "" || query.filter.length + query.within.length > 0;
  return (
    <>
      <Paper withBorder>
        {error !== null && (
          <ProblemNote
            error={error}
            onRetry={() => void rowsQuery.refetch()}
            retrying={rowsQuery.isFetching}
          />
        )}
        {rowsQuery.isPending && error === null && <Loading />}
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
            sort={sort}
            onSort={onSort}
            onNearEnd={more}
            chosen={chosen}
            onChoose={onChoose}
            edits={props.edits}
            actions={props.actions}
            changed={changed}
          />
        )}
      </Paper>
      {rows.length > 0 && (
        <Group gap="xs">
          <Text size="xs" c="dimmed" data-testid="row-count">
            {t(hasNextPage ? "list.rowsAndMore" : "list.rows", { count: rows.length })}
          </Text>
          {!isFollowed(rowsQuery.data) && (
            <>
              <Text size="xs" c="dimmed" data-testid="not-followed">
                {t("list.notFollowed")}
              </Text>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => void queryClient.resetQueries({ queryKey: listQuery(list, query).queryKey })}
              >
                {t("list.fromTheTop")}
              </Button>
            </>
          )}
        </Group>
      )}
    </>
  );
}
