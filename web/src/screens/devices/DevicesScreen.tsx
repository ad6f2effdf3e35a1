import { Badge, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { devicesQuery } from "@/api/access";
import type { Device } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";
import { DeviceActions } from "./DeviceActions";
import { NewDevice } from "./NewDevice";
import { NewSite } from "./NewSite";

const column = columnsOf<Device>();
const idOf = (row: Device) => row.id;
const rowProps = (row: Device) => ({ "data-testid": `device-row-${row.name}` });

export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay("identity.device.write");
  const query = useInfiniteQuery(devicesQuery());
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", { header: t("members.name") }),
        column.accessor("site", { header: t("devices.site") }),
        column.accessor("role", { header: t("devices.role"), meta: { from: "md" } }),
        column.accessor("enrolledAt", {
          header: t("devices.state"),
          cell: ({ getValue }) =>
            getValue() === null ? (
              <Badge color="yellow">{t("devices.waiting")}</Badge>
            ) : (
              <Badge color="green">{t("devices.enrolled")}</Badge>
            ),
        }),
        column.accessor("seenAt", {
          header: t("account.seen"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => {
            const seen = getValue();
            return seen ? format.instant(seen) : t("members.never");
          },
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) => mayWrite && <DeviceActions device={original} />,
        }),
      ]),
    [t, format, mayWrite],
  );
  const add = (
    <>
      <NewSite />
      {mayWrite && <NewDevice />}
    </>
  );
  return (
    <Frame title={t("nav.devices")} lead={t("devices.lead")} actions={add}>
      <Stack gap="sm">
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.devices")}
          empty={<Empty icon="device" title={t("devices.empty")} text={t("devices.emptyText")} />}
        />
      </Stack>
    </Frame>
  );
}
