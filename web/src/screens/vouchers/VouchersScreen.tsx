import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Voucher } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";

const idOf = (row: Voucher) => row.id;
const linkOf = (row: Voucher) => `/vouchers/${row.id}`;
const rowProps = (row: Voucher) => ({
  "data-testid": `voucher-row-${row.number}`,
  "data-code": row.document,
});

/** Vouchers, newest first; new ones appear by themselves. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const cells = useMemo(
    () => ({
      number: (row: Voucher) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.number}
        </Anchor>
      ),
      source: (row: Voucher) => words.event(row.sourceType),
      total: (row: Voucher) => (
        <span data-testid="voucher-total">
          {format.money(row.total)} {row.currency}
        </span>
      ),
      posted: (row: Voucher) => format.instant(row.postedAt),
      year: (row: Voucher) => row.date.slice(0, 4),
    }),
    [t, format],
  );
  return (
    <Frame title={t("nav.vouchers")} lead={t("vouchers.lead")}>
      <ListView<Voucher>
        list="vouchers"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        label={t("nav.vouchers")}
        searchLabel={t("vouchers.search")}
        empty={<Empty icon="vouchers" title={t("vouchers.empty")} text={t("vouchers.emptyText")} />}
      />
    </Frame>
  );
}
