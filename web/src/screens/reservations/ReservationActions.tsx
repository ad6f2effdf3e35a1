import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Reservation } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { HistoryButton } from "@/parts/HistoryButton";
import { RowLink } from "@/parts/RowAction";
import { useMay } from "@/session/company";

type ReservationActionsProps = { row: Reservation; onRelease: (id: string) => void; releasing: boolean };

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

/** What is held for it goes out, or it is given back. */
export function ReservationActions({ row, onRelease, releasing }: ReservationActionsProps) {
  const { t } = useTranslation();
  const isOpen = row.releasedAt === null;
  const mayRelease = useMay("inventory.reserve") && isOpen;
  const mayIssue = useMay("inventory.issue") && isOpen && row.lines.some((line) => isPositive(line.held));
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <HistoryButton name={row.demand} entities={["inventory.reservation"]} of={row.id} />
      {mayIssue && (
        <RowLink
          icon="issue"
          tip={t("nav.issue")}
          label={t("reservations.issue", { demand: row.demand })}
          to={issueOf(row)}
          data-testid="issue-reserved"
        />
      )}
      {mayRelease && (
        <ConfirmButton
          size="compact-xs"
          variant="default"
          title={t("reservations.releaseTitle", { demand: row.demand })}
          text={t("reservations.releaseText")}
          confirm={t("reservations.release")}
          onConfirm={() => onRelease(row.id)}
          loading={releasing}
          data-testid="release"
        >
          {t("reservations.release")}
        </ConfirmButton>
      )}
    </Group>
  );
}
