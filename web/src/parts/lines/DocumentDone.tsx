import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listOf } from "@/parts/list/condition";
import { useMay } from "@/session/company";
import { Icon } from "../icons";
import { PrintButton } from "../PrintButton";

type DocumentDoneProps = {
  title: string;
  number: string;
  text?: string;
  /** What else to look at; documents that make no voucher leave the link out. */
  leadsTo?: "vouchers" | "reservations" | "movements";
  /** Where the labels of the goods are. */
  labels?: string;
  again: string;
  onAgain: () => void;
};

/** What was recorded, and where to go from here. */
export function DocumentDone({
  title,
  number,
  text,
  leadsTo = "vouchers",
  labels,
  again,
  onAgain,
}: DocumentDoneProps) {
  const { t } = useTranslation();
  const mayReadVouchers = useMay("accounting.voucher.read");
  const mayReadStock = useMay("inventory.stock.read");
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <Paper withBorder p="xl" role="status" data-testid="document-done">
      <Stack gap="xs" align="flex-start">
        <Group gap={8} c="green">
          <Icon name="check" size={22} />
          <Text fw={600}>{title}</Text>
        </Group>
        <Title order={2} data-testid="document-number" style={{ fontVariantNumeric: "tabular-nums" }}>
          {number}
        </Title>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        <Group gap="xs" mt="md">
          <Button ref={next} onClick={onAgain} data-testid="again">
            {again}
          </Button>
          {labels && mayReadStock && <PrintButton href={labels} label={t("done.labels")} />}
          {leadsTo === "vouchers" && mayReadVouchers && (
            <Way to={listOf("/vouchers", { document: number })} name="voucher" label={t("done.seeVoucher")} />
          )}
          {leadsTo === "reservations" && mayReadStock && (
            <Way to="/reservations" name="reservations" label={t("done.seeReservations")} />
          )}
          {leadsTo === "movements" && mayReadStock && (
            <Way
              to={listOf("/movements", { document: number })}
              name="movements"
              label={t("done.seeMovements")}
            />
          )}
          {mayReadStock && <Way to="/stock" name="stock" label={t("done.seeStock")} />}
        </Group>
      </Stack>
    </Paper>
  );
}

function Way({ to, name, label }: { to: string; name: string; label: string }) {
  return (
    <Button component={Link} to={to} variant="default" data-testid={`see-${name}`}>
      {label}
    </Button>
  );
}
