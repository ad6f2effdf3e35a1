import { Anchor, Progress, Select, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupsQuery, type ListColumn, type ListName, type ListQuery } from "@/api/lists";
import { formatDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { writeCondition } from "./condition";
import classes from "./List.module.css";

type GroupPickerProps = {
  columns: readonly ListColumn[];
  value: string;
  onChange: (group: string) => void;
};

export function GroupPicker({ columns, value, onChange }: GroupPickerProps) {
  const { t } = useTranslation();
  const data = columns.filter((column) => column.groups);
  if (data.length === 0) return null;
  return (
    <Select
      aria-label={t("list.groupBy")}
      placeholder={t("list.groupBy")}
      data={data.map((column) => ({ value: column.name, label: column.title }))}
      value={value === "" ? null : value}
      onChange={(next) => onChange(next ?? "")}
      clearable
      size="xs"
      w={150}
      data-testid="group-by"
    />
  );
}

type GroupTableProps = {
  list: ListName;
  query: ListQuery;
  by: string;
  columns: readonly ListColumn[];
  /** Goes to the rows of a group. */
  onOpen: (condition: string) => void;
};

/** How many rows there are of each value, and their sums; each leads to its rows. */
export function GroupTable({ list, query, by, columns, onOpen }: GroupTableProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data, error, isPending, isFetching, refetch } = useQuery(groupsQuery(list, query, [by]));
  const column = columns.find((one) => one.name === by);
  const sums = columns.filter((one) => one.sums);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  if (isPending || !column) return <Loading rows={4} />;
  const groups = data.groups;
  if (groups.length === 0) return <Empty title={t("list.nothingFound")} text={t("common.otherFilter")} />;
  const total = groups.reduce((sum, group) => sum + Number(group.count), 0);
  const most = Math.max(...groups.map((group) => Number(group.count)));
  const titleOf = (key: string | null) => {
    if (key === null || key === "") return t("list.without");
    if (column.kind === "flag") return key === "true" ? t("common.yes") : t("common.no");
    return column.choices.find((choice) => choice.value === key)?.title ?? key;
  };
  const conditionOf = (key: string | null) =>
    key === null || key === ""
      ? writeCondition({ column: by, how: "empty", values: [""] })
      : writeCondition({ column: by, how: "is", values: [key] });
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
                    onClick={() => onOpen(conditionOf(key))}
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
