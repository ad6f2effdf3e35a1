import { Anchor, Badge } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Movement } from "@/api/types";
import { formatDecimal } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { listOf } from "@/parts/list/condition";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { ReverseButton } from "./ReverseButton";

const idOf = (row: Movement) => String(row.id);
const linkOf = (row: Movement) => listOf("/vouchers", { document: row.number });
const rowProps = (row: Movement) => ({
  "data-testid": `movement-row-${row.number}-${row.itemCode}`,
  "data-muted": row.reversedBy !== null,
});
const mayBeReversed = (row: Movement) =>
  row.reversedBy === null && row.kind !== "reversal" && row.reason !== "opening";
const reverse = (row: Movement) => (mayBeReversed(row) ? <ReverseButton row={row} /> : null);

/** Every line of the ledger, newest first; a document is taken back from here. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const mayReadVouchers = useMay("accounting.voucher.read");
  const mayReverse = useMay("inventory.reverse");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const cells = useMemo(
    () => ({
      document: (row: Movement) =>
        mayReadVouchers ? (
          <Anchor component={Link} to={linkOf(row)} inherit>
            {row.number}
          </Anchor>
        ) : (
          row.number
        ),
      kind: (row: Movement) => (
        <Badge color={row.quantity.startsWith("-") ? "orange" : "green"}>
          {[words.movement(row.kind), words.reason(row.reason)].filter(Boolean).join(" · ")}
        </Badge>
      ),
      item: (row: Movement) => (
        <span>
          <b>{row.itemCode}</b> {row.itemName}
        </span>
      ),
      warehouse: (row: Movement) => row.warehouseCode,
      owner: (row: Movement) => row.ownerName,
      status: (row: Movement) => words.status(row.status),
      quantity: (row: Movement) => `${format.quantity(row.quantity)} ${words.unit(row.unit)}`,
      unitCost: (row: Movement) => formatDecimal(row.unitCost, format.locale, 2),
      amount: (row: Movement) => format.money(row.amount),
      recorded: (row: Movement) => format.instant(row.recordedAt),
      entry: (row: Movement) => String(row.id),
    }),
    [t, format, mayReadVouchers],
  );
  return (
    <Frame title={t("nav.movements")} lead={t("movements.lead")}>
      <ListView<Movement>
        list="movements"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        actions={mayReverse ? reverse : undefined}
        linkOf={mayReadVouchers ? linkOf : undefined}
        label={t("nav.movements")}
        empty={<Empty icon="movements" title={t("movements.empty")} text={t("movements.emptyText")} />}
      />
    </Frame>
  );
}
