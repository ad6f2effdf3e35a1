import { Group, Paper, SegmentedControl, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { stockCourseQuery } from "@/api/inventory";
import type { ItemDetail } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { StepChart } from "@/parts/charts/StepChart";
import { listOf } from "@/parts/list/condition";
import { Loading, ProblemNote } from "@/parts/Notes";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany } from "@/session/company";

const spans = ["30", "90", "180", "365"] as const;

/** How much there was of an item at the end of each day; a day leads to what was moved on it. */
export function StockCourse({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const navigate = useNavigate();
  const companyId = useCompany().id;
  const [days, setDays] = useState<string>("180");
  const [warehouse, setWarehouse] = useState("");
  const query = useQuery(
    stockCourseQuery({ companyId, itemId: item.id, warehouseId: warehouse, days: Number(days) }),
  );
  const course = query.data;
  const amount = (value: string) => `${format.quantity(value)} ${words.unit(item.unit)}`;
  const points = (course?.days ?? []).map(({ date, onHand }) => ({ date, value: onHand }));
  const dayOf = (date: string) => course?.days.find((day) => day.date === date);
  return (
    <Paper withBorder p="md" data-testid="stock-course">
      <Group justify="space-between" mb="sm">
        <Group gap="md" align="baseline">
          <Title order={2} size="h5">
            {t("items.course")}
          </Title>
          {course && (
            <Text size="sm" data-testid="stock-course-now">
              {t("items.courseNow", { amount: amount(course.onHand) })}
            </Text>
          )}
        </Group>
        <Group gap="xs">
          <WarehouseSelect
            aria-label={t("lines.warehouse")}
            placeholder={t("common.allWarehouses")}
            value={warehouse}
            onChange={(next) => setWarehouse(next ?? "")}
            clearable
            size="xs"
            w={180}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("items.courseSpan")}
            data={spans.map((span) => ({
              value: span,
              label: t("items.courseDays", { count: Number(span) }),
            }))}
            value={days}
            onChange={setDays}
          />
        </Group>
      </Group>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isPending && <Loading rows={4} />}
      {course && points.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("items.courseNothing")}
        </Text>
      )}
      {course && points.length > 0 && (
        <>
          <StepChart
            label={t("items.course")}
            from={course.from}
            to={course.to}
            opening={course.opening}
            points={points}
            top={amount}
            say={({ date, value }) =>
              t("items.courseDay", {
                date: format.date(date),
                onHand: amount(value),
                received: format.quantity(dayOf(date)?.received ?? "0"),
                issued: format.quantity(dayOf(date)?.issued ?? "0"),
              })
            }
            onOpen={({ date }) => navigate(listOf("/movements", { item: item.code, date }))}
            testId="stock-course-chart"
          />
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {format.date(course.from)}
            </Text>
            <Text size="xs" c="dimmed">
              {format.date(course.to)}
            </Text>
          </Group>
        </>
      )}
    </Paper>
  );
}
