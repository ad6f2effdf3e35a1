import { ActionIcon, Anchor, Button, Group, Paper, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { groupsQuery, listQuery } from "@/api/lists";
import { monthOf, monthsOn, todayIn, weekDays, weeksOf } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import { useCompany } from "@/session/company";
import classes from "./Calendar.module.css";
import { writeCondition } from "./condition";
import { calendarColumn } from "./LayoutPicker";
import type { LaidOut } from "./ListRows";

type CalendarProps<TRow> = LaidOut<TRow> & {
  month: string;
  onMonth: (month: string) => void;
  onOpen: (conditions: string[]) => void;
};

const mostShown = 4;

/** The rows of a list on their days, a month at a time; a day with more than fit leads to all of them. */
export function Calendar<TRow extends object>(given: CalendarProps<TRow>) {
  const { props, query, all, shown, drawn, month, onMonth, onOpen } = given;
  const { t } = useTranslation();
  const format = useFormat();
  const today = todayIn(useCompany().timeZone);
  const column = calendarColumn(all);
  const name = column?.name ?? "";
  const showing = /^\d{4}-\d{2}$/.test(month) ? month : today.slice(0, 7);
  const { from, through } = monthOf(`${showing}-01`);
  const ofMonth = {
    ...query,
    within: [...query.within, writeCondition({ column: name, how: "between", values: [from, through] })],
  };
  const counts = useQuery({ ...groupsQuery(props.list, ofMonth, [name]), enabled: name !== "" });
  const first = useInfiniteQuery({ ...listQuery<TRow>(props.list, ofMonth), enabled: name !== "" });
  const rows = useRows(first.data);
  const dayOf = (row: TRow) => String((row as Record<string, unknown>)[name]).slice(0, 10);
  const countOf = (day: string) =>
    Number(counts.data?.groups.find(({ keys }) => keys[0] === day)?.count ?? 0);
  const head = shown.find((one) => one.name !== name);
  return (
    <Paper withBorder data-testid="calendar">
      <Group p="xs" gap="xs">
        <ActionIcon
          variant="default"
          aria-label={t("list.monthBefore")}
          onClick={() => onMonth(monthsOn(showing, -1))}
          data-testid="month-before"
        >
          <Icon name="left" size={14} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t("list.monthAfter")}
          onClick={() => onMonth(monthsOn(showing, 1))}
          data-testid="month-after"
        >
          <Icon name="right" size={14} />
        </ActionIcon>
        <Title order={2} size="h5" data-testid="month">
          {format.month(showing)}
        </Title>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={showing === today.slice(0, 7)}
          onClick={() => onMonth("")}
        >
          {t("list.thisMonth")}
        </Button>
      </Group>
      <ProblemNote
        error={first.error ?? counts.error}
        onRetry={() => void first.refetch()}
        retrying={first.isFetching}
      />
      <div className={classes.grid}>
        {weekDays(format.locale).map((day) => (
          <Text key={day} size="xs" c="dimmed" fw={600} className={classes.weekDay}>
            {day}
          </Text>
        ))}
        {weeksOf(showing).map((day) => {
          const inside = day.startsWith(showing);
          const here = inside ? rows.filter((row) => dayOf(row) === day).slice(0, mostShown) : [];
          const more = inside ? countOf(day) - here.length : 0;
          const open = () => onOpen([writeCondition({ column: name, how: "is", values: [day] })]);
          return (
            <div key={day} className={classes.day} data-outside={!inside} data-today={day === today}>
              <Text size="xs" c="dimmed" className={classes.number}>
                {Number(day.slice(8))}
              </Text>
              {here.map((row) => (
                <Text
                  key={props.rowId(row)}
                  size="xs"
                  truncate
                  component="div"
                  onMouseEnter={() => props.onPoint?.(row)}
                  {...props.rowProps(row)}
                >
                  {head && drawn[head.name]?.(row)}
                </Text>
              ))}
              {more > 0 && (
                <Anchor component="button" type="button" size="xs" onClick={open} data-testid={`day-${day}`}>
                  {t(here.length > 0 ? "list.moreOfDay" : "list.rows", { count: more })}
                </Anchor>
              )}
            </div>
          );
        })}
      </div>
    </Paper>
  );
}
