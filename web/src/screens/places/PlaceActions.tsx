import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Place } from "@/api/types";
import { Icon } from "@/parts/icons";
import { useMay } from "@/session/company";

/** What stands here goes out or elsewhere; the forms open with the item and its lot. */
export function PlaceActions({ row }: { row: Place }) {
  const { t } = useTranslation();
  const may = { issue: useMay("inventory.issue"), transfer: useMay("inventory.transfer") };
  const query = new URLSearchParams({
    item: row.itemId,
    warehouse: row.warehouseId,
    lot: row.lot,
    bin: row.bin,
    status: row.status,
  });
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {(["issue", "transfer"] as const)
        .filter((name) => may[name] && (name === "transfer" || row.status === "available"))
        .map((name) => (
          <Tooltip key={name} label={t(`nav.${name}`)}>
            <ActionIcon
              component={Link}
              to={`/${name}?${query}`}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t(`stock.${name}Row`, { item: row.itemCode })}
              data-testid={`place-${name}`}
            >
              <Icon name={name} size={16} />
            </ActionIcon>
          </Tooltip>
        ))}
    </Group>
  );
}
