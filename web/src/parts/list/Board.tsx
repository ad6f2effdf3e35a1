import { Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupsQuery, type ListColumn, listQuery } from "@/api/lists";
import { formatDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { Loading, ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import classes from "./Board.module.css";
import { writeCondition } from "./condition";
import { boardColumn } from "./LayoutPicker";
import type { LaidOut } from "./ListRows";

type BoardProps<TRow> = LaidOut<TRow> & { onOpen: (conditions: string[]) => void };

const mostFacts = 4;

/**
 * The rows of a list in columns, one for each state. Cards are opened, not drawn from one column to the next: a state changes
 * by what is done with a document, and that may need somebody's approval.
 */
export function Board<TRow extends object>(given: BoardProps<TRow>) {
  const { props, query, all, shown, onOpen } = given;
  const column = boardColumn(all);
  const counts = useQuery({
    ...groupsQuery(props.list, query, [column?.name ?? ""]),
    enabled: column !== undefined,
  });
  if (!column) return null;
  const wanted = shown.filter(({ name }) => name !== column.name);
  return (
    <div className={classes.board} data-testid="board">
      {counts.error && <ProblemNote error={counts.error} onRetry={() => void counts.refetch()} />}
      {column.choices.map(({ value, title }) => {
        const group = counts.data?.groups.find(({ keys }) => keys[0] === value);
        return (
          <Lane
            key={value}
            {...given}
            wanted={wanted}
            condition={writeCondition({ column: column.name, how: "is", values: [value] })}
            name={value}
            title={title}
            count={counts.data ? String(group?.count ?? 0) : ""}
            onOpen={onOpen}
          />
        );
      })}
    </div>
  );
}

type LaneProps<TRow> = BoardProps<TRow> & {
  wanted: readonly ListColumn[];
  condition: string;
  name: string;
  title: string;
  count: string;
};

function Lane<TRow extends object>(given: LaneProps<TRow>) {
  const { props, query, drawn, wanted, condition, name, title, count, onOpen } = given;
  const { t } = useTranslation();
  const locale = useLocale();
  const lane = useInfiniteQuery(
    listQuery<TRow>(props.list, { ...query, within: [...query.within, condition] }),
  );
  const rows = useRows(lane.data);
  const [head, ...facts] = wanted;
  return (
    <section className={classes.lane} aria-label={title} data-testid={`lane-${name}`}>
      <Group justify="space-between" wrap="nowrap" mb={8}>
        <Title order={2} size="h6">
          <Anchor component="button" type="button" inherit onClick={() => onOpen([condition])}>
            {title}
          </Anchor>
        </Title>
        <Text size="sm" c="dimmed" className={classes.count}>
          {count === "" ? "" : formatDecimal(count, locale)}
        </Text>
      </Group>
      {lane.isPending && <Loading rows={3} />}
      <ProblemNote error={lane.error} onRetry={() => void lane.refetch()} retrying={lane.isFetching} />
      <div className={classes.cards}>
        {rows.map((row) => (
          <article
            key={props.rowId(row)}
            className={classes.card}
            onMouseEnter={() => props.onPoint?.(row)}
            {...props.rowProps(row)}
          >
            <Text size="sm" fw={600} component="div">
              {head && drawn[head.name]?.(row)}
            </Text>
            {facts.slice(0, mostFacts).map((fact) => (
              <Text key={fact.name} size="xs" component="div" lineClamp={2}>
                <Text span size="xs" c="dimmed">
                  {fact.title}
                </Text>{" "}
                {drawn[fact.name]?.(row)}
              </Text>
            ))}
          </article>
        ))}
        {lane.data && rows.length === 0 && (
          <Text size="xs" c="dimmed">
            {t("list.laneEmpty")}
          </Text>
        )}
        {lane.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={lane.isFetchingNextPage}
            onClick={() => void lane.fetchNextPage()}
          >
            {t("common.loadMore")}
          </Button>
        )}
      </div>
    </section>
  );
}
