import { Anchor, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { formatDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import classes from "./List.module.css";
import { PivotChart } from "./PivotChart";
import { type Key, type Pivot, sizeOf } from "./pivot";

type PivotTableProps = {
  pivot: Pivot;
  /** False when there are more groups than were sent. */
  all: boolean;
  by: readonly ListColumn[];
  titleOf: (column: ListColumn, key: Key) => string;
  /** Goes to the rows behind a figure. */
  onOpen: (keys: readonly [ListColumn, Key][]) => void;
};

/** How many columns are shown; the others are in the totals. */
const mostColumns = 12;

/** Figures by two columns with their totals, and a chart beside them; each figure leads to its rows. */
export function PivotTable({ pivot, all, by, titleOf, onOpen }: PivotTableProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [rowColumn, columnColumn] = by;
  if (!rowColumn || !columnColumn) return null;
  const columns = pivot.columns.slice(0, mostColumns);
  const figure = (value: string, keys: [ListColumn, Key][], name: string) =>
    sizeOf(value) === "" ? null : (
      <Anchor component="button" type="button" size="sm" onClick={() => onOpen(keys)} data-testid={name}>
        {formatDecimal(value, locale)}
      </Anchor>
    );
  return (
    <div className={classes.pivot}>
      <div className={classes.groups}>
        <Table className={classes.table} aria-label={rowColumn.title} data-testid="pivot">
          <Table.Thead className={classes.head}>
            <Table.Tr>
              <Table.Th scope="col">{rowColumn.title}</Table.Th>
              {columns.map(({ key }) => (
                <Table.Th key={key} scope="col" className={classes.figure}>
                  {titleOf(columnColumn, key)}
                </Table.Th>
              ))}
              <Table.Th scope="col" className={classes.figure}>
                {t("list.total")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pivot.rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={500}>
                  {titleOf(rowColumn, row.key)}
                </Table.Th>
                {columns.map(({ key }) => (
                  <Table.Td key={key} className={classes.figure}>
                    {figure(
                      pivot.cell(row.key, key),
                      [
                        [rowColumn, row.key],
                        [columnColumn, key],
                      ],
                      `pivot-${row.key}-${key}`,
                    )}
                  </Table.Td>
                ))}
                <Table.Td className={classes.figure}>
                  {figure(row.total, [[rowColumn, row.key]], `pivot-${row.key}`)}
                </Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">{t("list.total")}</Table.Th>
              {columns.map(({ key, total }) => (
                <Table.Td key={key} className={classes.figure}>
                  {figure(total, [[columnColumn, key]], `pivot-all-${key}`)}
                </Table.Td>
              ))}
              <Table.Td className={classes.figure} fw={600}>
                {formatDecimal(pivot.total, locale)}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
        {(pivot.columns.length > mostColumns || !all) && (
          <Text size="xs" c="dimmed" p="xs">
            {pivot.columns.length > mostColumns &&
              t("list.moreColumns", { count: pivot.columns.length - mostColumns })}{" "}
            {!all && t("list.notAllGroups")}
          </Text>
        )}
      </div>
      <PivotChart
        pivot={pivot}
        label={`${rowColumn.title} · ${columnColumn.title}`}
        rowTitle={(key) => titleOf(rowColumn, key)}
        columnTitle={(key) => titleOf(columnColumn, key)}
      />
    </div>
  );
}
