import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ExpectedSupply } from "@/api/types";
import { RowButton, RowLink } from "@/parts/RowAction";
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
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {mayReceive && (
        <RowLink
          icon="receive"
          tip={t("nav.receive")}
          label={t("expected.receive", { source: row.source })}
          to={`/receive?${receipt}`}
          data-testid="supply-receive"
        />
      )}
      {mayExpect && (
        <RowButton
          icon="adjust"
          tip={t("expected.change")}
          label={t("expected.changeOf", { source: row.source })}
          onClick={onChange}
          data-testid="supply-change"
        />
      )}
    </Group>
  );
}
