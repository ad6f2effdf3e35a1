import { Group, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { itemQuery } from "@/api/catalog";
import { stockAtQuery } from "@/api/inventory";
import { instantIn, todayIn } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { DayInput } from "@/parts/DayInput";
import { ItemPicker, type PickedItem } from "@/parts/ItemPicker";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany } from "@/session/company";
import { idOf, rowProps, useColumns } from "./columns";

/** What lay where at a moment that has passed, as it was known then; without a choice of its own, when today began. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id: companyId, timeZone } = useCompany();
  const filter = useUrlFilter();
  const day = filter.value("day") || todayIn(timeZone);
  const time = filter.value("time") || "00:00";
  const warehouseId = filter.value("warehouse");
  const [item, setItem] = useItemOf(filter.value("item"));
  const moment = instantIn(timeZone, day, time);
  const columns = useColumns();
  const query = useInfiniteQuery(stockAtQuery({ companyId, moment, warehouseId, itemId: item?.id ?? "" }));
  return (
    <Frame title={t("nav.stockAt")} lead={t("stockAt.lead")}>
      <Group mb="sm" gap="sm" align="flex-end">
        <DayInput
          label={t("stockAt.day")}
          value={day}
          maxDate={todayIn(timeZone)}
          onChange={(date) => filter.change({ day: date })}
          w={140}
          data-testid="at-day"
        />
        <TextInput
          type="time"
          label={t("stockAt.time")}
          value={time}
          onChange={(event) => filter.change({ time: event.currentTarget.value })}
          w={132}
          data-testid="at-time"
        />
        <WarehouseSelect
          label={t("lines.warehouse")}
          placeholder={t("stockAt.all")}
          clearable
          value={warehouseId}
          onChange={(warehouse) => filter.change({ warehouse })}
          w={220}
          data-testid="at-warehouse"
        />
        <ItemPicker
          label={t("lines.item")}
          clearable
          width={260}
          value={item}
          onChange={(picked) => {
            setItem(picked);
            filter.change({ item: picked?.id ?? null });
          }}
          data-testid="at-item"
        />
      </Group>
      <PagedTable
        query={query}
        columns={columns}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.stockAt")}
        empty={
          <Empty
            icon="places"
            title={t("stockAt.empty")}
            text={t("stockAt.emptyText", { moment: format.instant(moment) })}
          />
        }
      />
    </Frame>
  );
}

/** The item that the address names, or that was picked since. */
function useItemOf(id: string): [PickedItem | null, (item: PickedItem | null) => void] {
  const [picked, setPicked] = useState<PickedItem | null>(null);
  const { data } = useQuery({ ...itemQuery(id), enabled: id !== "" && picked?.id !== id });
  if (id === "") return [null, setPicked];
  return [picked?.id === id ? picked : (data ?? null), setPicked];
}
