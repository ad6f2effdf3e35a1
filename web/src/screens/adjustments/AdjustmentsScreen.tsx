import { Anchor } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type AdjustmentRow, adjustmentQuery } from "@/api/adjustments";
import { justNow } from "@/api/queryClient";
import { useFormat } from "@/format/useFormat";
import { ListView } from "@/parts/list/ListView";
import { NewButton } from "@/parts/NewButton";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { StateBadge } from "./StateBadge";

const idOf = (row: AdjustmentRow) => row.id;
const linkOf = (row: AdjustmentRow) => `/adjustments/${row.id}`;
const rowProps = (row: AdjustmentRow) => ({
  "data-testid": `adjustment-row-${row.number}`,
  "data-muted": row.state === "withdrawn" || row.state === "rejected",
});

/** Corrections of the stock, newest first. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const mayAdjust = useMay("inventory.adjust");
  const cells = useMemo(
    () => ({
      number: (row: AdjustmentRow) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.number}
        </Anchor>
      ),
      amount: (row: AdjustmentRow) => `${format.money(row.amount)} ${row.currency}`,
      state: (row: AdjustmentRow) => <StateBadge state={row.state} />,
      created: (row: AdjustmentRow) => format.instant(row.createdAt),
    }),
    [format],
  );
  const add = mayAdjust && (
    <NewButton to="/adjustments/new" label={t("adjustments.new")} data-testid="new-adjustment" />
  );
  return (
    <Frame title={t("nav.adjustments")} lead={t("adjustments.lead")} actions={add}>
      <ListView<AdjustmentRow>
        list="adjustments"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        onPoint={({ id }) =>
          void queryClient.prefetchQuery({ ...adjustmentQuery(companyId, id), staleTime: justNow })
        }
        label={t("nav.adjustments")}
        searchLabel={t("adjustments.search")}
        empty={<Empty icon="adjust" title={t("adjustments.empty")} text={t("adjustments.emptyText")} />}
      />
    </Frame>
  );
}
