import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { stockOfLineQuery } from "@/api/inventory";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useAnchor } from "@/live/LiveProvider";
import { useCompany, useMay } from "@/session/company";

/** What can be promised or issued right now; follows the live stock. */
export function AvailableFigure({
  warehouseId,
  itemId,
  held = "",
  unit = "",
}: {
  warehouseId: string;
  itemId: string;
  held?: string;
  /** The item's own, where another stands beside the figure. */
  unit?: string | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const mayRead = useMay("inventory.stock.read");
  const known = warehouseId !== "" && itemId !== "" && mayRead;
  const { data, isPending } = useQuery({
    ...stockOfLineQuery({ companyId, warehouseId, itemId }),
    enabled: known,
  });
  useAnchor(data?.position);
  if (!known || isPending)
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    );
  return (
    <Text span inherit data-testid="line-available">
      {format.quantity(data?.items[0]?.available ?? "0")} {words.unit(unit)}
      {held !== "" && (
        <Text size="xs" c="dimmed">
          {t("lines.held", { held: format.quantity(held) })}
        </Text>
      )}
    </Text>
  );
}
