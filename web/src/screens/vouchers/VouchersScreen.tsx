import { Anchor, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { vouchersQuery } from "@/api/accounting";
import type { Voucher } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { SearchInput } from "@/parts/SearchInput";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useCompany } from "@/session/company";

const column = columnsOf<Voucher>();
const idOf = (row: Voucher) => row.id;
const rowProps = (row: Voucher) => ({
  "data-testid": `voucher-row-${row.number}`,
  "data-code": row.source.document,
});

/** Vouchers, newest first; new ones appear by themselves. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const filter = useUrlFilter();
  const document = filter.value("document");
  const query = useInfiniteQuery(vouchersQuery({ companyId, document }));
  return (
    <Frame title={t("nav.vouchers")} lead={t("vouchers.lead")}>
      <Group mb="sm" gap="sm">
        <SearchInput
          value={document}
          onChange={(next) => filter.change({ document: next })}
          label={t("vouchers.document")}
        />
      </Group>
      <PagedTable
        query={query}
        columns={useVoucherColumns()}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.vouchers")}
        empty={
          document === "" ? (
            <Empty icon="vouchers" title={t("vouchers.empty")} text={t("vouchers.emptyText")} />
          ) : (
            <Empty
              icon="vouchers"
              title={t("vouchers.noneFor", { document })}
              text={t("vouchers.noneForText")}
            />
          )
        }
      />
    </Frame>
  );
}

function useVoucherColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("number", {
          header: t("vouchers.number"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Anchor component={Link} to={`/vouchers/${original.id}`} size="sm" fw={600}>
              {original.number}
            </Anchor>
          ),
        }),
        column.accessor("date", {
          header: t("lines.date"),
          meta: { tight: true },
          cell: ({ getValue }) => format.date(getValue()),
        }),
        column.accessor("source", {
          header: t("vouchers.source"),
          meta: { tight: true },
          cell: ({ getValue }) => `${words.event(getValue().type)} ${getValue().document}`,
        }),
        column.accessor("total", {
          header: t("vouchers.total"),
          meta: { figure: true, testId: "voucher-total" },
          cell: ({ row: { original } }) => `${format.money(original.total)} ${original.currency}`,
        }),
        column.accessor("postedAt", {
          header: t("vouchers.postedAt"),
          meta: { figure: true, from: "lg" },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
      ]),
    [t, format],
  );
}
