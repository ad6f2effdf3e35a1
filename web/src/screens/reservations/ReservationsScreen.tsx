import { Badge, Button, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useIntent } from "@/api/intent";
import { releaseReservation } from "@/api/reservations";
import type { Reservation } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Icon } from "@/parts/icons";
import { ListView } from "@/parts/list/ListView";
import { Empty, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { ReservationActions } from "./ReservationActions";

const idOf = (row: Reservation) => row.id;
const rowProps = (row: Reservation) => ({
  "data-testid": `reservation-row-${row.demand}`,
  "data-muted": row.releasedAt !== null,
});

/** What is promised to whom; what was released shows when one asks for it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const mayReserve = useMay("inventory.reserve");
  const queryClient = useQueryClient();
  const release = useIntent(releaseReservation, {
    onSuccess: async ({ demand }) => {
      notifications.show({ message: t("reservations.released", { demand }) });
      await queryClient.invalidateQueries({ queryKey: ["reservations", companyId] });
    },
  });
  const { mutate, isPending, variables } = release;
  const actions = useMemo(
    () => (row: Reservation) => (
      <ReservationActions row={row} onRelease={mutate} releasing={isPending && variables === row.id} />
    ),
    [mutate, isPending, variables],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const cells = useMemo(
    () => ({
      demand: (row: Reservation) => <b>{row.demand}</b>,
      lines: (row: Reservation) => (
        <Stack gap={2}>
          {row.lines.map((line) => (
            <Text key={`${line.itemId} ${line.warehouseId}`} inherit>
              <b>{line.itemCode}</b> · {format.quantity(line.quantity)} {words.unit(line.unit)} ·{" "}
              {line.warehouseCode} {row.releasedAt === null && <PinsOf line={line} />}
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
      state: (row: Reservation) =>
        row.releasedAt !== null ? (
          <Badge color="gray">{t("reservations.closed")}</Badge>
        ) : row.state === "waiting" ? (
          <Badge color="orange">{t("reservations.waiting")}</Badge>
        ) : (
          row.state === "expected" && <Badge color="blue">{t("supplyState.open")}</Badge>
        ),
    }),
    [t, format],
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
        actions={actions}
        label={t("nav.reservations")}
        searchLabel={t("reservations.search")}
        empty={<Empty icon="reserve" title={t("reservations.empty")} text={t("reservations.emptyText")} />}
      />
    </Frame>
  );
}

/** Which goods are held and no others. */
function PinsOf({ line }: { line: Reservation["lines"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return line.pins.map(({ bin, lot, quantity }) => (
    <Text key={`${bin} ${lot}`} span inherit data-testid="line-pin">
      {" "}
      {lot === ""
        ? t("reservations.ofBin", { quantity: format.quantity(quantity), bin })
        : t("reservations.ofLot", { quantity: format.quantity(quantity), bin, lot })}
    </Text>
  ));
}
