import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Adjustment, type AdjustmentBody, adjustmentQuery } from "@/api/adjustments";
import { useFormat } from "@/format/useFormat";
import { type Difference, Overtaken } from "@/parts/documents/Overtaken";
import type { DraftLine } from "./lines";

type OvertakenAdjustmentProps = {
  document: Adjustment;
  mine: AdjustmentBody;
  lines: readonly DraftLine[];
  busy: boolean;
  onMine: (theirs: Adjustment) => void;
  onTheirs: () => void;
};

/** What differs between what is written here and what somebody else has saved: head and lines. */
export function OvertakenAdjustment({
  document,
  mine,
  lines,
  busy,
  onMine,
  onTheirs,
}: OvertakenAdjustmentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = adjustmentQuery(document.companyId, document.id);
  const { data: newest, isFetching } = useQuery({ ...query, refetchOnMount: "always" });
  const data = isFetching ? undefined : newest;
  const figure = (value: string | undefined) => (value === undefined ? "" : format.quantity(value));
  const differences = (theirs: Adjustment): Difference[] => {
    const codes = new Map(lines.map(({ item }) => [item?.id ?? "", item?.code ?? ""]));
    for (const line of theirs.lines) codes.set(line.itemId, line.itemCode);
    const sum = (of: readonly { itemId: string; difference: string }[], id: string) =>
      of
        .filter(({ itemId }) => itemId === id)
        .map(({ difference }) => figure(difference))
        .join(" / ");
    return [
      { label: t("lines.date"), mine: format.date(mine.date), theirs: format.date(theirs.date) },
      { label: t("adjustments.note"), mine: mine.note ?? "", theirs: theirs.note },
      ...[...codes].map(([id, code]) => ({
        label: code,
        mine: sum(mine.lines, id),
        theirs: sum(theirs.lines, id),
      })),
    ].filter((one) => one.mine !== one.theirs);
  };
  return (
    <Overtaken
      differences={data ? differences(data) : null}
      onMine={() => data && onMine(data)}
      onTheirs={onTheirs}
      busy={busy}
    />
  );
}
