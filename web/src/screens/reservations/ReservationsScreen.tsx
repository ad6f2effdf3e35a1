import { Badge, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useIntent } from "@/api/intent";
import { releaseReservation, reservationsQuery } from "@/api/inventory";
import type { Reservation } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { Empty, ProblemNote } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useCompany, useMay } from "@/session/company";

const column = columnsOf<Reservation>();
const idOf = (row: Reservation) => row.id;
const rowProps = (row: Reservation) => ({
  "data-testid": `reservation-row-${row.demand}`,
  "data-muted": row.releasedAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const mayReserve = useMay("inventory.reserve");
  const queryClient = useQueryClient();
  const filter = useUrlFilter();
  const all = filter.value("show") === "all";
  const query = useInfiniteQuery(reservationsQuery({ companyId, ...(!all && { open: true }) }));
  const release = useIntent(releaseReservation, {
    onSuccess: async ({ demand }) => {
      notifications.show({ message: t("reservations.released", { demand }) });
      await queryClient.invalidateQueries({ queryKey: ["reservations", companyId] });
    },
  });
  const { mutate, isPending, variables } = release;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("demand", {
          header: t("reserve.demand"),
          meta: { tight: true },
          cell: ({ getValue }) => (
            <Text size="sm" fw={600}>
              {getValue()}
            </Text>
          ),
        }),
        column.accessor("lines", {
          header: t("lines.title"),
          cell: ({ getValue }) => (
            <Stack gap={2}>
              {getValue().map((line) => (
                <Text key={`${line.itemId} ${line.warehouseId}`} size="sm">
                  <b>{line.itemCode}</b> {line.itemName} · {format.quantity(line.quantity)}{" "}
                  {words.unit(line.unit)} · {line.warehouseCode}
                </Text>
              ))}
            </Stack>
          ),
        }),
        column.accessor("createdAt", {
          header: t("reservations.since"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.display({
          id: "state",
          header: () => null,
          meta: { align: "right", tight: true },
          cell: ({ row: { original } }) => (
            <Group gap={6} wrap="nowrap" justify="flex-end">
              <HistoryButton name={original.demand} entities={["inventory.reservation"]} of={original.id} />
              {original.releasedAt !== null && <Badge color="gray">{t("reservations.releasedBadge")}</Badge>}
              {original.releasedAt === null && mayReserve && (
                <ConfirmButton
                  size="compact-xs"
                  variant="default"
                  title={t("reservations.releaseTitle", { demand: original.demand })}
                  text={t("reservations.releaseText")}
                  confirm={t("reservations.release")}
                  onConfirm={() => mutate(original.id)}
                  loading={isPending && variables === original.id}
                  data-testid="release"
                >
                  {t("reservations.release")}
                </ConfirmButton>
              )}
            </Group>
          ),
        }),
      ]),
    [t, format, mayReserve, mutate, isPending, variables],
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
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t("reservations.show")}
          data={[
            { value: "open", label: t("reservations.open") },
            { value: "all", label: t("reservations.all") },
          ]}
          value={all ? "all" : "open"}
          onChange={(show) => filter.change({ show: show === "all" ? show : null })}
        />
        <ProblemNote error={release.error} />
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.reservations")}
          empty={<Empty icon="reserve" title={t("reservations.empty")} text={t("reservations.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
