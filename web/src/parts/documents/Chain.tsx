import { Anchor, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { groupsQuery, type ListName } from "@/api/lists";
import { useCompany, useMay } from "@/session/company";
import { listOf, writeCondition } from "../list/condition";

type ChainProps = {
  /** The number of the document with which it began. */
  number: string;
  /** Whether that document is a stock adjustment, which has a screen of its own. */
  adjustment: boolean;
};

/** What came of a document, from left to right, with how many there are; each leads to its rows. */
export function Chain({ number, adjustment }: ChainProps) {
  const { t } = useTranslation();
  const mayReadStock = useMay("inventory.stock.read");
  const mayReadVouchers = useMay("accounting.voucher.read");
  const movements = useCount("movements", "kind", number, mayReadStock);
  const vouchers = useCount("vouchers", "source", number, mayReadVouchers);
  const steps = [
    adjustment && mayReadStock && { to: listOf("/adjustments", { number }), label: number },
    mayReadStock && {
      to: listOf("/movements", { document: number }),
      label: t("chain.movements", { count: movements }),
    },
    mayReadVouchers && {
      to: listOf("/vouchers", { document: number }),
      label: t("chain.vouchers", { count: vouchers }),
    },
  ].filter((step) => step !== false);
  return (
    <Group gap={6} component="nav" aria-label={t("chain.title")} data-testid="chain">
      {steps.map(({ to, label }, at) => (
        <Text key={to} size="sm" span>
          {at > 0 && "→ "}
          <Anchor component={Link} to={to} inherit data-testid={`chain-${to.slice(1).split("?")[0]}`}>
            {label}
          </Anchor>
        </Text>
      ))}
    </Group>
  );
}

function useCount(list: ListName, by: string, number: string, may: boolean): number {
  const companyId = useCompany().id;
  const filter = [writeCondition({ column: "document", how: "is", values: [number] })];
  const { data } = useQuery({
    ...groupsQuery(list, { companyId, search: "", filter, match: "all", within: [], sort: "" }, [by]),
    enabled: may,
  });
  return data?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
}
