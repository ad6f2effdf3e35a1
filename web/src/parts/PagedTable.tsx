import { Button, Center, Paper } from "@mantine/core";
import type { RowData } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable, type DataTableProps } from "./DataTable";
import { Loading, ProblemNote } from "./Notes";

type PagedQuery<TRow> = {
  data: { pages: { items: TRow[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

type PagedTableProps<TRow extends RowData> = Omit<DataTableProps<TRow>, "rows"> & {
  query: PagedQuery<TRow>;
  empty: ReactNode;
};

/** A keyset list with every state it can be in: loading, failed, empty, full, and more to come. */
export function PagedTable<TRow extends RowData>({ query, empty, ...table }: PagedTableProps<TRow>) {
  const { t } = useTranslation();
  const rows = useRows(query.data);
  return (
    <Paper withBorder>
      {query.error !== null && (
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {query.isPending && <Loading />}
      {query.data && rows.length === 0 && empty}
      {rows.length > 0 && <DataTable rows={rows} {...table} />}
      {query.hasNextPage && (
        <Center p="sm">
          <Button
            variant="default"
            size="xs"
            onClick={() => query.fetchNextPage()}
            loading={query.isFetchingNextPage}
            data-testid="load-more"
          >
            {t("common.loadMore")}
          </Button>
        </Center>
      )}
    </Paper>
  );
}

export function useRows<TRow>(data: { pages: { items: TRow[] }[] } | undefined): TRow[] {
  return useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
}
