import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { availableQuery } from "@/api/expected";
import type { AvailableDay, ItemDetail } from "@/api/types";
import { isPositive } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { listOf } from "@/parts/list/condition";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Part } from "@/parts/Part";
import { columnsOf } from "@/parts/table";
import { useCompany } from "@/session/company";

const day = columnsOf<AvailableDay>();
const dayId = (row: AvailableDay) => `${row.warehouseId} ${row.on}`;

/** How much of an item can be promised when. */
export function ItemAvailable({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const { data, error, isFetching, refetch } = useQuery(availableQuery(companyId, item.id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  const columns = useMemo(() => {
    const amount = (value: string) => `${format.quantity(value)} ${words.unit(item.unit)}`;
    return day.columns([
      day.accessor("warehouseCode", { header: t("lines.warehouse") }),
      day.accessor((row) => format.date(row.on), { id: "on", header: t("items.neededOn") }),
      day.accessor((row) => (isPositive(row.comes) ? amount(row.comes) : ""), {
        id: "comes",
        header: t("items.comes"),
        meta: { figure: true },
      }),
      day.accessor((row) => amount(row.available), {
        id: "available",
        header: t("items.promisable"),
        meta: { figure: true },
      }),
    ]);
  }, [t, format, item.unit]);
  if (error) return <ProblemNote error={error} onRetry={refetch} retrying={isFetching} />;
  if (!data) return <Loading rows={2} />;
  return (
    <Part
      title={t("items.available")}
      nothing={data.days.length === 0 && t("items.availableNothing")}
      all={{ to: listOf("/expected", { item: item.code }), text: t("items.onItsWay") }}
    >
      <DataTable
        columns={columns}
        rows={data.days}
        rowId={dayId}
        label={t("items.available")}
        minWidth={400}
      />
    </Part>
  );
}
