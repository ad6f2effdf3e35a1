import { Anchor, Badge, Button, Group, Paper, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { binsQuery } from "@/api/bins";
import { warehousesQuery } from "@/api/inventory";
import type { Bin } from "@/api/types";
import { Icon } from "@/parts/icons";
import { listOf } from "@/parts/list/condition";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { RowButton } from "@/parts/RowAction";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { WarehouseSelect } from "@/parts/WarehouseSelect";
import { useCompany, useMay } from "@/session/company";
import { BinForm } from "./BinForm";

const column = columnsOf<Bin>();
const idOf = (row: Bin) => row.code;
const rowProps = (row: Bin) => ({
  "data-testid": `bin-row-${row.code}`,
  "data-muted": row.closedAt !== null,
});

/** The bins of a warehouse: in which order they are filled and emptied, and which are closed. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayWrite = useMay("inventory.warehouse.write");
  const [params, setParams] = useSearchParams();
  const { data: warehouses } = useQuery(warehousesQuery(companyId));
  const warehouse = warehouses?.find(({ id }) => id === params.get("warehouse")) ?? warehouses?.[0];
  const warehouseId = warehouse?.id ?? "";
  const query = useInfiniteQuery({ ...binsQuery(warehouseId), enabled: warehouseId !== "" });
  const [edited, setEdited] = useState<Bin | "new" | null>(null);
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("code", {
          header: t("bins.code"),
          cell: ({ getValue }) => (
            <Anchor
              component={Link}
              to={listOf("/places", { warehouse: warehouse?.code ?? "", bin: getValue() })}
              inherit
              fw={600}
            >
              {getValue()}
            </Anchor>
          ),
        }),
        column.accessor("zone", { header: t("bins.zone") }),
        column.accessor("putAwayOrder", { header: t("bins.putAwayOrder"), meta: { figure: true } }),
        column.accessor("removalOrder", { header: t("bins.removalOrder"), meta: { figure: true } }),
        column.accessor("closedAt", {
          header: t("bins.state"),
          cell: ({ getValue }) => getValue() !== null && <Badge color="gray">{t("bins.closedBadge")}</Badge>,
        }),
        column.display({
          id: "actions",
          header: "",
          cell: ({ row: { original } }) =>
            mayWrite && (
              <Group justify="flex-end">
                <RowButton
                  icon="adjust"
                  tip={t("bins.change")}
                  label={t("bins.changeOf", { code: original.code })}
                  onClick={() => setEdited(original)}
                  data-testid={`bin-${original.code}-change`}
                />
              </Group>
            ),
        }),
      ]),
    [t, mayWrite, warehouse?.code],
  );
  return (
    <Frame
      title={t("bins.title")}
      lead={t("bins.lead")}
      actions={
        mayWrite && (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setEdited("new")}
            disabled={warehouseId === ""}
            data-testid="new-bin"
          >
            {t("bins.new")}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Paper withBorder p="md">
          <WarehouseSelect
            label={t("lines.warehouse")}
            w={260}
            value={warehouseId}
            onChange={(id) => id && setParams({ warehouse: id }, { replace: true })}
            allowDeselect={false}
            data-testid="warehouse"
          />
        </Paper>
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("bins.title")}
          empty={<Empty icon="places" title={t("bins.empty")} text={t("bins.emptyText")} />}
        />
      </Stack>
      {edited !== null && (
        <BinForm
          warehouseId={warehouseId}
          bin={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Frame>
  );
}
