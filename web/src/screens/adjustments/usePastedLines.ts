import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ClipboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { adjustmentReasons } from "@/api/adjustments";
import { itemsByCode } from "@/api/catalog";
import { warehousesQuery } from "@/api/inventory";
import { useLocale } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { cellsOf, linesFrom } from "@/parts/lines/paste";
import { useCompany } from "@/session/company";
import { type DraftLine, emptyLine } from "./lines";

const mostLines = 500;

/** Lines copied in a spreadsheet become lines here: item, difference, warehouse and reason in any order. */
export function usePastedLines(lines: DraftLine[], onChange: (lines: DraftLine[]) => void) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useWords();
  const queryClient = useQueryClient();
  const { data: warehouses = [] } = useQuery(warehousesQuery(useCompany().id));
  const small = (text: string) => text.toLocaleLowerCase(locale);

  const fill = async (cells: string[][], warehouseId: string) => {
    const pasted = linesFrom(
      cells,
      {
        warehouse: new Map(warehouses.map(({ id, code }) => [small(code), id])),
        reason: new Map(adjustmentReasons.map((reason) => [small(words.reason(reason)), reason])),
      },
      locale,
    );
    const written = lines.filter(({ item, difference }) => item !== null || difference.trim() !== "");
    const taken = pasted.slice(0, mostLines - written.length);
    const items = await itemsByCode(
      queryClient,
      taken.map(({ code }) => code),
    );
    const missing = taken.filter(({ code }) => !items.has(code)).map(({ code }) => code);
    const added = taken
      .filter(({ code }) => items.has(code))
      .map(({ code, figure, choices }) => ({
        ...emptyLine(choices.warehouse ?? warehouseId),
        item: items.get(code) ?? null,
        difference: figure,
        ...(choices.reason && { reason: choices.reason }),
      }));
    if (added.length > 0) onChange([...written, ...added]);
    notifications.show({
      message: t("lines.pasted", { count: added.length, of: pasted.length }),
      ...(missing.length > 0 && {
        color: "yellow",
        autoClose: 15_000,
        message: t("lines.pastedBut", {
          count: added.length,
          of: pasted.length,
          missing: missing.slice(0, 10).join(", "),
        }),
      }),
    });
  };

  return (event: ClipboardEvent) => {
    const cells = cellsOf(event.clipboardData.getData("text/plain"));
    if (!cells) return;
    event.preventDefault();
    // The field they were pasted into may have its list of items open.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    void fill(cells, lines.at(-1)?.warehouseId ?? "");
  };
}
