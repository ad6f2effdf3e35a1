import { ActionIcon, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { closePeriod, openPeriod, periodsQuery } from "@/api/system";
import type { Period } from "@/api/types";
import { todayIn } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DataTable } from "@/parts/DataTable";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useCompany, useMay } from "@/session/company";
import { OpenYear } from "./OpenYear";

const column = columnsOf<Period>();
const idOf = (row: Period) => row.period;
const rowProps = (row: Period) => ({
  "data-testid": `period-row-${row.period}`,
  "data-muted": row.closedAt !== null,
});

/** Months of a year; nothing can be recorded into a closed one. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const company = useCompany();
  const filter = useUrlFilter();
  const year = Number(filter.value("year") || todayIn(company.timeZone).slice(0, 4));
  const query = useQuery({ ...periodsQuery(company.id, year), placeholderData: keepPreviousData });
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["periods", company.id] });
  const tell = (key: "periods.closed" | "periods.opened") => async (period: Period) => {
    notifications.show({ message: t(key, { period: format.month(period.period) }) });
    await refresh();
  };
  const closing = useIntent(closePeriod, { onSuccess: tell("periods.closed") });
  const opening = useIntent(openPeriod, { onSuccess: tell("periods.opened") });
  const columns = usePeriodColumns(closing.mutate, opening.mutate, closing.isPending || opening.isPending);
  const go = (to: number) => filter.change({ year: String(to) });
  return (
    <Frame title={t("nav.periods")} lead={t("periods.lead")} narrow>
      <Stack gap="sm">
        <Group gap="xs">
          <ActionIcon variant="default" onClick={() => go(year - 1)} aria-label={t("periods.yearBefore")}>
            ‹
          </ActionIcon>
          <Text fw={600} data-testid="year">
            {year}
          </Text>
          <ActionIcon variant="default" onClick={() => go(year + 1)} aria-label={t("periods.yearAfter")}>
            ›
          </ActionIcon>
        </Group>
        <ProblemNote error={closing.error ?? opening.error} />
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <Paper withBorder>
          {query.isPending && <Loading rows={12} />}
          {query.data?.items.length === 0 && <OpenYear year={year} />}
          {query.data && query.data.items.length > 0 && (
            <DataTable
              columns={columns}
              rows={query.data.items}
              rowId={idOf}
              rowProps={rowProps}
              label={t("nav.periods")}
            />
          )}
        </Paper>
      </Stack>
    </Frame>
  );
}

type Act = (period: { companyId: string; period: string }) => void;

function usePeriodColumns(close: Act, open: Act, busy: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const companyId = useCompany().id;
  const mayClose = useMay("company.period.close");
  return useMemo(
    () =>
      column.columns([
        column.accessor("period", {
          header: t("periods.period"),
          cell: ({ getValue }) => format.month(getValue()),
        }),
        column.accessor("start", {
          header: t("periods.days"),
          cell: ({ row: { original } }) => `${format.date(original.start)} – ${format.date(original.end)}`,
        }),
        column.accessor("closedAt", {
          header: t("periods.state"),
          meta: { tight: true },
          cell: ({ getValue }) => {
            const closedAt = getValue();
            return closedAt === null ? (
              <Badge color="green">{t("periods.isOpen")}</Badge>
            ) : (
              <Badge color="gray" leftSection={<Icon name="lock" size={12} />}>
                {t("periods.isClosed", { at: format.instant(closedAt) })}
              </Badge>
            );
          },
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) => {
            const verb = original.closedAt === null ? "close" : "reopen";
            const month = format.month(original.period);
            return (
              <Group gap={6} wrap="nowrap" justify="flex-end">
                {mayClose && (
                  <ConfirmButton
                    size="compact-xs"
                    variant="default"
                    title={t(`periods.${verb}Title`, { period: month })}
                    text={t(`periods.${verb}Text`)}
                    confirm={t(`periods.${verb}`)}
                    danger={verb === "reopen"}
                    disabled={busy}
                    onConfirm={() =>
                      (verb === "close" ? close : open)({ companyId, period: original.period })
                    }
                    data-testid={verb}
                  >
                    {t(`periods.${verb}`)}
                  </ConfirmButton>
                )}
                <HistoryButton
                  name={month}
                  entities={["company.period"]}
                  of={`${companyId}/${original.start}`}
                />
              </Group>
            );
          },
        }),
      ]),
    [t, format, companyId, mayClose, close, open, busy],
  );
}
