import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Place } from "@/api/types";
import { Icon } from "@/parts/icons";
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
  });
  const label = new URLSearchParams({ lot: row.lot, language: i18n.language === "tr" ? "tr" : "en" });
  const look = { variant: "subtle", color: "gray", size: "sm" } as const;
  const way = (name: "issue" | "transfer") => (
    <Tooltip label={t(`nav.${name}`)}>
      <ActionIcon
        component={Link}
        to={`/${name}?${query}`}
        {...look}
        aria-label={t(`stock.${name}Row`, { item: row.itemCode })}
        data-testid={`place-${name}`}
      >
        <Icon name={name} size={16} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {mayIssue && way("issue")}
      {mayTransfer && way("transfer")}
      <Tooltip label={t("done.labels")}>
        <ActionIcon
          component="a"
          href={`/api/v1/items/${row.itemId}/labels/pdf?${label}`}
          download
          {...look}
          aria-label={t("places.label", { item: row.itemCode })}
          data-testid="place-label"
        >
          <Icon name="labels" size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
