import { Anchor, Progress, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupsQuery, type ListColumn, type ListGroups, type ListName, type ListQuery } from "@/api/lists";
import { formatDecimal } from "@/format/decimal";
import { useFormat, useLocale } from "@/format/useFormat";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { writeCondition } from "./condition";
import classes from "./List.module.css";
import { PivotTable } from "./PivotTable";
import { type Key, pivotOf } from "./pivot";

type GroupsProps = {
  list: ListName;
  query: ListQuery;
  by: readonly ListColumn[];
  measure: string;
  columns: readonly ListColumn[];
  /** Goes to the rows of a group. */
  onOpen: (conditions: string[]) => void;
};

const conditionOf = (column: ListColumn, key: Key) =>
  key === null || key === ""
    ? writeCondition({ column: column.name, how: "empty", values: [""] })
    : writeCondition({ column: column.name, how: "is", values: [key] });

/** Rows gathered by one column with their sums, or by two with a chart; each figure leads to its rows. */
export function Groups({ list, query, by, measure, columns, onOpen }: GroupsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = by.map(({ name }) => name);
  const { data, error, isPending, isFetching, refetch } = useQuery(groupsQuery(list, query, names));
  const titleOf = (column: ListColumn, key: Key) => {
    if (key === null || key === "") return t("list.without");
    if (column.kind === "flag") return key === "true" ? t("common.yes") : t("common.no");
    if (column.kind === "date") return format.date(key);
    return column.choices.find((choice) => choice.value === key)?.title ?? key;
  };
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const [column, second] = by;
  if (isPending || !column) return <Loading rows={4} />;
  if (data.groups.length === 0)
    return <Empty title={t("list.nothingFound")} text={t("common.otherFilter")} />;
  if (second)
    return (
      <PivotTable
        pivot={pivotOf(data.groups, measure, by)}
        all={data.all}
        by={by}
        titleOf={titleOf}
        onOpen={(keys) => onOpen(keys.map(([one, key]) => conditionOf(one, key)))}
      />
    );
  return (
    <GroupTable
      data={data}
      column={column}
      sums={columns.filter((one) => one.sums)}
      titleOf={(key) => titleOf(column, key)}
      onOpen={(key) => onOpen([conditionOf(column, key)])}
    />
  );
}

type GroupTableProps = {
  data: ListGroups;
  column: ListColumn;
  sums: readonly ListColumn[];
  titleOf: (key: Key) => string;
  onOpen: (key: Key) => void;
};

/** How many rows there are of each value, and their sums. */
function GroupTable({ data, column, sums, titleOf, onOpen }: GroupTableProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const groups = data.groups;
  const total = groups.reduce((sum, group) => sum + Number(group.count), 0);
  const most = Math.max(...groups.map((group) => Number(group.count)));
  return (
    <div className={classes.groups}>
      <Table className={classes.table} aria-label={column.title} data-testid="groups">
        <Table.Thead className={classes.head}>
          <Table.Tr>
            <Table.Th scope="col">{column.title}</Table.Th>
            <Table.Th scope="col" className={classes.figure}>
              {t("list.count")}
            </Table.Th>
            <Table.Th scope="col" w="40%" />
            {sums.map((one) => (
              <Table.Th key={one.name} scope="col" className={classes.figure}>
                {one.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group) => {
            const key = group.keys[0] ?? null;
            return (
              <Table.Tr key={key ?? ""}>
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    onClick={() => onOpen(key)}
                    data-testid={`group-${key ?? ""}`}
                  >
                    {titleOf(key)}
                  </Anchor>
                </Table.Td>
                <Table.Td className={classes.figure}>{formatDecimal(String(group.count), locale)}</Table.Td>
                <Table.Td>
                  <Progress value={(100 * Number(group.count)) / most} size="sm" aria-hidden />
                </Table.Td>
                {sums.map((one) => (
                  <Table.Td key={one.name} className={classes.figure}>
                    {formatDecimal(group.sums[one.name] ?? "0", locale)}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" p="xs">
        {t(data.all ? "list.groupTotal" : "list.largestGroups", {
          count: groups.length,
          rows: formatDecimal(String(total), locale),
        })}
      </Text>
    </div>
  );
}
