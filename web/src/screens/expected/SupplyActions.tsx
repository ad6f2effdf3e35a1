import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ExpectedSupply } from "@/api/types";
import { Icon } from "@/parts/icons";
import { useMay } from "@/session/company";

/** It came, or what was known of it is no longer so. */
export function SupplyActions({ row, onChange }: { row: ExpectedSupply; onChange: () => void }) {
  const { t } = useTranslation();
  const isOpen = row.state === "open" || row.state === "late";
  const mayReceive = useMay("inventory.receive") && isOpen;
  const mayExpect = useMay("inventory.expect") && row.state !== "closed";
  const receipt = new URLSearchParams({
    expected: row.id,
    item: row.itemId,
    quantity: row.toCome,
    warehouse: row.warehouseId,
    reference: row.source,
  });
  const look = { variant: "subtle", color: "gray", size: "sm" } as const;
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {mayReceive && (
        <Tooltip label={t("nav.receive")}>
          <ActionIcon
            component={Link}
            to={`/receive?${receipt}`}
            {...look}
            aria-label={t("expected.receive", { source: row.source })}
            data-testid="supply-receive"
          >
            <Icon name="receive" size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {mayExpect && (
        <Tooltip label={t("expected.change")}>
          <ActionIcon
            onClick={onChange}
            {...look}
            aria-label={t("expected.changeOf", { source: row.source })}
            data-testid="supply-change"
          >
            <Icon name="adjust" size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
