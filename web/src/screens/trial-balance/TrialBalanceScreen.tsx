import { Badge, Group, Paper, Table } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { trialBalanceQuery } from "@/api/accounting";
import type { TrialBalance, TrialBalanceRow } from "@/api/types";
import { todayIn } from "@/format/date";
import { compareDecimals } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { DataTable } from "@/parts/DataTable";
import { DayInput } from "@/parts/DayInput";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useCompany } from "@/session/company";

const column = columnsOf<TrialBalanceRow>();
const idOf = (row: TrialBalanceRow) => row.account;
const rowProps = (row: TrialBalanceRow) => ({ "data-testid": `trial-balance-row-${row.account}` });

export function Screen() {
  const { t } = useTranslation();
  const company = useCompany();
  const filter = useUrlFilter();
  const today = todayIn(company.timeZone);
  const from = filter.value("from") || `${today.slice(0, 4)}-01-01`;
  const through = filter.value("through") || today;
  const query = useQuery({
    ...trialBalanceQuery({ companyId: company.id, from, through }),
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  const balanced = data && compareDecimals(data.totalDebit, data.totalCredit) === 0;
  return (
    <Frame
      title={t("nav.trialBalance")}
      lead={t("trialBalance.lead")}
      narrow
      actions={
        data && (
          <Badge
            size="lg"
            variant="light"
            color={balanced ? "green" : "red"}
            leftSection={<Icon name={balanced ? "check" : "alert"} size={14} />}
            data-testid="balanced"
            data-balanced={balanced}
          >
            {balanced ? t("trialBalance.balanced") : t("trialBalance.unbalanced")}
          </Badge>
        )
      }
    >
      <Group mb="sm" gap="sm">
        <DayInput
          label={t("trialBalance.from")}
          value={from}
          onChange={(date) => filter.change({ from: date })}
          w={150}
          data-testid="from"
        />
        <DayInput
          label={t("trialBalance.through")}
          value={through}
          onChange={(date) => filter.change({ through: date })}
          w={150}
          data-testid="through"
        />
      </Group>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      <Paper withBorder>
        {query.isPending && <Loading />}
        {data?.rows.length === 0 && (
          <Empty icon="balance" title={t("trialBalance.empty")} text={t("trialBalance.emptyText")} />
        )}
        {data && data.rows.length > 0 && <BalanceTable balance={data} />}
      </Paper>
    </Frame>
  );
}

function BalanceTable({ balance }: { balance: TrialBalance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo(() => {
    const figure = (name: "debit" | "credit" | "balance") =>
      column.accessor(name, {
        header: `${t(`trialBalance.${name}`)} (${balance.currency})`,
        meta: { figure: true, testId: name },
        cell: ({ getValue }) => format.money(getValue()),
      });
    return column.columns([
      column.accessor("account", {
        header: t("vouchers.account"),
        cell: ({ getValue }) => <b>{getValue()}</b>,
        meta: { width: 110 },
      }),
      column.display({
        id: "name",
        header: t("items.name"),
        cell: ({ row: { original } }) => format.account(original),
      }),
      figure("debit"),
      figure("credit"),
      figure("balance"),
    ]);
  }, [t, format, balance.currency]);
  return (
    <DataTable
      columns={columns}
      rows={balance.rows}
      rowId={idOf}
      rowProps={rowProps}
      label={t("nav.trialBalance")}
      footer={
        <Table.Tr data-testid="trial-balance-totals">
          <Table.Td />
          <Table.Td>{t("vouchers.total")}</Table.Td>
          <Table.Td ta="end" data-testid="total-debit">
            {format.money(balance.totalDebit)}
          </Table.Td>
          <Table.Td ta="end" data-testid="total-credit">
            {format.money(balance.totalCredit)}
          </Table.Td>
          <Table.Td />
        </Table.Tr>
      }
    />
  );
}
