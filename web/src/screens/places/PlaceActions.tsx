import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Place } from "@/api/types";
import { RowFile, RowLink } from "@/parts/RowAction";
import { useMay } from "@/session/company";

/** What stands here goes out or elsewhere, or gets a label; the forms open with the item and its lot. */
export function PlaceActions({ row }: { row: Place }) {
  const { t, i18n } = useTranslation();
  const mayIssue = useMay("inventory.issue") && row.status === "available";
  const mayTransfer = useMay("inventory.transfer");
  const query = new URLSearchParams({
    item: row.itemId,
    warehouse: row.warehouseId,
    lot: row.lot,
    bin: row.bin,
    status: row.status,
    ...(row.ownerName !== null && { owner: row.ownerId }),
  });
  const label = new URLSearchParams({ lot: row.lot, language: i18n.language === "tr" ? "tr" : "en" });
  const way = (name: "issue" | "transfer") => (
    <RowLink
      icon={name}
      tip={t(`nav.${name}`)}
      label={t(`stock.${name}Row`, { item: row.itemCode })}
      to={`/${name}?${query}`}
      data-testid={`place-${name}`}
    />
  );
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {mayIssue && way("issue")}
      {mayTransfer &&
        (row.status === "transit" ? (
          <RowLink
            icon="receive"
            tip={t("places.arrived")}
            label={t("places.arrivedRow", { item: row.itemCode })}
            to={`/transfer?${query}&quantity=${row.onHand}`}
            data-testid="place-arrived"
          />
        ) : (
          way("transfer")
        ))}
      <RowFile
        icon="labels"
        tip={t("done.labels")}
        label={t("places.label", { item: row.itemCode })}
        to={`/api/v1/items/${row.itemId}/labels/pdf?${label}`}
        data-testid="place-label"
      />
    </Group>
  );
}
