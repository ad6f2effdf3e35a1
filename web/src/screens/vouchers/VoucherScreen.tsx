import { Box, Button, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { voucherQuery } from "@/api/accounting";
import { mailVoucher } from "@/api/mails";
import { Problem } from "@/api/problem";
import type { VoucherDetail, VoucherLine } from "@/api/types";
import { isZero } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { NotFound } from "@/frame/NotFound";
import { useWords } from "@/i18n/useWords";
import { Attachments } from "@/parts/attachments/Attachments";
import { DataTable } from "@/parts/DataTable";
import { Chain } from "@/parts/documents/Chain";
import { CommentThread } from "@/parts/documents/CommentThread";
import { TasksOfDocument } from "@/parts/documents/TasksOfDocument";
import { History, HistoryLine } from "@/parts/History";
import { MailsOfDocument } from "@/parts/mail/MailsOfDocument";
import { SendByMail } from "@/parts/mail/SendByMail";
import { Loading, ProblemNote } from "@/parts/Notes";
import { PrintButton } from "@/parts/PrintButton";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";

const column = columnsOf<VoucherLine>();
// A voucher is made once and never changed; what may change is what is attached to it.
const none: readonly string[] = [];
const idOf = (row: VoucherLine) => String(row.no);

export function Screen() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const query = useQuery(voucherQuery(id));
  const maySend = useMay("accounting.voucher.send");
  const mayUse = useMay("work.use");
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  return (
    <Frame
      title={query.data ? t("vouchers.one", { number: query.data.number }) : t("nav.vouchers")}
      narrow
      actions={
        <>
          <Button component={Link} to="/vouchers" variant="default">
            {t("vouchers.all")}
          </Button>
          <PrintButton href={`/api/v1/vouchers/${id}/pdf`} />
          {maySend && (
            <SendByMail
              title={t("vouchers.send")}
              withNote
              send={(letter, key) => mailVoucher({ ...letter, id }, key)}
            />
          )}
        </>
      }
    >
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isPending && (
        <Paper withBorder>
          <Loading rows={4} />
        </Paper>
      )}
      {query.data && (
        <Stack gap="md">
          <VoucherSheet voucher={query.data} />
          <Attachments documentType="voucher" documentId={id} />
          <TasksOfDocument documentType="voucher" documentId={id} title={query.data.number} />
          {mayUse && <CommentThread documentType="voucher" documentId={id} />}
          <MailsOfDocument documentType="voucher" documentId={id} />
          <History
            entities={none}
            of={id}
            withFiles
            first={<HistoryLine who="Millrace" did={t("history.posted")} at={query.data.postedAt} />}
          />
        </Stack>
      )}
    </Frame>
  );
}

function VoucherSheet({ voucher }: { voucher: VoucherDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const columns = useMemo(() => {
    const amount = (value: string) => (isZero(value) ? "" : format.money(value));
    return column.columns([
      column.accessor("no", { header: "#", meta: { width: 48 } }),
      column.accessor("account", {
        header: t("vouchers.account"),
        cell: ({ row: { original } }) => (
          <span>
            <b>{original.account}</b> {format.account(original)}
          </span>
        ),
      }),
      column.accessor("debit", {
        header: t("vouchers.debit"),
        meta: { figure: true },
        cell: ({ getValue }) => amount(getValue()),
      }),
      column.accessor("credit", {
        header: t("vouchers.credit"),
        meta: { figure: true },
        cell: ({ getValue }) => amount(getValue()),
      }),
    ]);
  }, [t, format]);
  const total = format.money(voucher.total);
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Group gap="xl">
          <Fact label={t("lines.date")}>{format.date(voucher.date)}</Fact>
          <Fact label={t("vouchers.source")}>
            {words.event(voucher.source.type)} {voucher.source.document}
          </Fact>
          <Fact label={t("vouchers.total")}>
            {total} {voucher.currency}
          </Fact>
          <Fact label={t("vouchers.postedAt")}>{format.instant(voucher.postedAt)}</Fact>
        </Group>
        <Box mt="sm">
          <Chain number={voucher.source.document} adjustment={voucher.source.type === "StockAdjusted"} />
        </Box>
      </Paper>
      <Paper withBorder>
        <DataTable
          columns={columns}
          rows={voucher.lines}
          rowId={idOf}
          label={t("lines.title")}
          footer={
            <Table.Tr>
              <Table.Td />
              <Table.Td>{t("vouchers.total")}</Table.Td>
              <Table.Td ta="end" data-testid="total-debit">
                {total}
              </Table.Td>
              <Table.Td ta="end" data-testid="total-credit">
                {total}
              </Table.Td>
            </Table.Tr>
          }
        />
      </Paper>
    </Stack>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" fw={500}>
        {children}
      </Text>
    </div>
  );
}
