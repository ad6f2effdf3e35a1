import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useIntent } from "@/api/intent";
import { releaseReservation } from "@/api/inventory";
import type { Reservation } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { ListView } from "@/parts/list/ListView";
import { Empty, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import classes from "./Reservations.module.css";

const idOf = (row: Reservation) => row.id;
const rowProps = (row: Reservation) => ({
  "data-testid": `reservation-row-${row.demand}`,
  "data-muted": row.releasedAt !== null,
});

/** The form of issuing with what is held in the first of its warehouses. */
function issueOf({ id, demand, lines }: Reservation): string {
  const held = lines.filter((line) => isPositive(line.held));
  const query = new URLSearchParams({ reservation: id, reference: demand });
  for (const line of held) {
    if (line.warehouseId !== held[0]?.warehouseId) continue;
    query.set("warehouse", line.warehouseId);
    query.append("item", line.itemId);
    query.append("quantity", line.held);
  }
  return `/issue?${query}`;
}

/** What is promised to whom; what was released shows when one asks for it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const mayReserve = useMay("inventory.reserve");
  const mayIssue = useMay("inventory.issue");
  const queryClient = useQueryClient();
  const release = useIntent(releaseReservation, {
    onSuccess: async ({ demand }) => {
      notifications.show({ message: t("reservations.released", { demand }) });
      await queryClient.invalidateQueries({ queryKey: ["reservations", companyId] });
    },
  });
  const { mutate, isPending, variables } = release;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const cells = useMemo(
    () => ({
      demand: (row: Reservation) => <b>{row.demand}</b>,
      lines: (row: Reservation) => (
        <Stack gap={2}>
          {row.lines.map((line) => (
            <Text key={`${line.itemId} ${line.warehouseId}`} inherit>
              <b>{line.itemCode}</b> · {format.quantity(line.quantity)} {words.unit(line.unit)} ·{" "}
              {line.warehouseCode}{" "}
              {isPositive(line.waiting) && row.releasedAt === null && (
                <Text span inherit fw={700} data-testid="line-waits">
                  {" "}
                  {t("reservations.waits", {
                    held: format.quantity(line.held),
                    waiting: format.quantity(line.waiting),
                  })}
                </Text>
              )}
              {isPositive(line.expected) && row.releasedAt === null && (
                <Text span inherit fw={700} data-testid="line-expects">
                  {" "}
                  {t("reservations.expects", {
                    held: format.quantity(line.held),
                    expected: format.quantity(line.expected),
                  })}
                </Text>
              )}
              {isPositive(line.taken) && (
                <Text span inherit c="dimmed">
                  {" "}
                  {t("reservations.taken", { taken: format.quantity(line.taken) })}
                </Text>
              )}{" "}
              <Text span inherit c="dimmed">
                {line.itemName}
              </Text>
            </Text>
          ))}
        </Stack>
      ),
      warehouse: (row: Reservation) => [...new Set(row.lines.map((line) => line.warehouseCode))].join(", "),
      since: (row: Reservation) => format.instant(row.createdAt),
      priority: (row: Reservation) => words.priority(row.priority),
      needed: (row: Reservation) => row.neededOn && format.date(row.neededOn),
      until: (row: Reservation) => row.heldUntil && format.date(row.heldUntil),
      released: (row: Reservation) => row.releasedAt && format.instant(row.releasedAt),
      state: (row: Reservation) => (
        <Group gap={6} className={classes.state}>
          <HistoryButton name={row.demand} entities={["inventory.reservation"]} of={row.id} />
          {row.releasedAt !== null && <Badge color="gray">{t("reservations.closed")}</Badge>}
          {row.state === "waiting" && <Badge color="orange">{t("reservations.waiting")}</Badge>}
          {row.state === "expected" && <Badge color="blue">{t("supplyState.open")}</Badge>}
          {row.releasedAt === null && mayIssue && row.lines.some((line) => isPositive(line.held)) && (
            <Button
              component={Link}
              to={issueOf(row)}
              size="compact-xs"
              variant="default"
              data-testid="issue-reserved"
            >
              {t("nav.issue")}
            </Button>
          )}
          {row.releasedAt === null && mayReserve && (
            <ConfirmButton
              size="compact-xs"
              variant="default"
              title={t("reservations.releaseTitle", { demand: row.demand })}
              text={t("reservations.releaseText")}
              confirm={t("reservations.release")}
              onConfirm={() => mutate(row.id)}
              loading={isPending && variables === row.id}
              data-testid="release"
            >
              {t("reservations.release")}
            </ConfirmButton>
          )}
        </Group>
      ),
    }),
    [t, format, mayReserve, mayIssue, mutate, isPending, variables],
  );

  return (
    <Frame
      title={t("nav.reservations")}
      lead={t("reservations.lead")}
      actions={
        mayReserve && (
          <Button component={Link} to="/reserve" leftSection={<Icon name="reserve" size={16} />}>
            {t("reserve.submit")}
          </Button>
        )
      }
    >
      <ProblemNote error={release.error} />
      <ListView<Reservation>
        list="reservations"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.reservations")}
        searchLabel={t("reservations.search")}
        empty={<Empty icon="reserve" title={t("reservations.empty")} text={t("reservations.emptyText")} />}
      />
    </Frame>
  );
}
