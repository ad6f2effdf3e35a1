import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Icon } from "../icons";

/** Why a line cannot be carried out: what was wanted, what there is, what is missing. */
export function ShortageNote({ shortage, unit }: { shortage: Shortage; unit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWords().unit(unit);
  return (
    <Group gap="lg" c="red" role="alert" data-testid={`shortage-${shortage.itemCode}`}>
      <Group gap={6} fw={600}>
        <Icon name="alert" size={16} />
        {t("lines.short", { item: shortage.itemCode, warehouse: shortage.warehouseCode })}
      </Group>
      <span>
        {t("lines.wanted")} <b data-testid="wanted">{format.quantity(shortage.wanted)}</b> {word}
      </span>
      <span>
        {t("lines.available")} <b data-testid="available">{format.quantity(shortage.available)}</b> {word}
      </span>
      <span>
        {t("lines.missing")} <b data-testid="missing">{format.quantity(shortage.missing)}</b> {word}
      </span>
    </Group>
  );
}
