import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useIntent } from "@/api/intent";
import { transferStock } from "@/api/inventory";
import type { StockStatus } from "@/api/types";
import { BinInput } from "@/parts/BinInput";
import { DocumentDone } from "@/parts/lines/DocumentDone";
import { DocumentFields } from "@/parts/lines/DocumentFields";
import { OwnerField } from "@/parts/lines/OwnerField";
import { useDocumentForm } from "@/parts/lines/useDocumentForm";
import { listOf } from "@/parts/list/condition";
import { Screen as Frame } from "@/parts/Screen";
import { WarehouseSelect } from "@/parts/WarehouseSelect";

const statuses: readonly StockStatus[] = ["available", "quality", "blocked", "transit"];
const free: StockStatus = "available";
const asBefore = { toWarehouseId: "", bin: "", toBin: "", status: free, toStatus: free };

const oneOf = (value: string | null) => statuses.find((status) => status === value) ?? free;

/** Goods to another warehouse, bin or status. */
export function Screen() {
  const { t } = useTranslation();
  const document = useDocumentForm({ lots: "named" });
  const [params] = useSearchParams();
  const [way, setWay] = useState(() => {
    const status = oneOf(params.get("status"));
    // What was under way is opened because it has arrived.
    const toStatus = status === "transit" ? free : status;
    return { ...asBefore, bin: params.get("bin") ?? "", toBin: params.get("toBin") ?? "", status, toStatus };
  });
  const transfer = useIntent(transferStock);
  const again = () => {
    transfer.reset();
    document.clear();
  };
  const statusOf = (of: "status" | "toStatus") => (
    <Select
      label={t(`transfer.${of}`)}
      data={statuses.map((value) => ({ value, label: t(`stockStatus.${value}`) }))}
      value={way[of]}
      onChange={(value) => value && setWay((old) => ({ ...old, [of]: value as StockStatus }))}
      allowDeselect={false}
      w={170}
      data-testid={of}
    />
  );
  const binOf = (of: "bin" | "toBin") => (
    <BinInput
      label={t(`transfer.${of}`)}
      placeholder="MAIN"
      w={210}
      warehouseId={(of === "toBin" && way.toWarehouseId) || document.form.values.warehouseId}
      value={way[of]}
      onChange={(value) => setWay((old) => ({ ...old, [of]: value }))}
      data-testid={of}
    />
  );
  return (
    <Frame
      title={t("transfer.title")}
      lead={t("transfer.lead")}
      narrow
      actions={
        <Button
          component={Link}
          to={listOf("/places", { status: "transit" })}
          variant="default"
          data-testid="under-way"
        >
          {t("transfer.underWay")}
        </Button>
      }
    >
      {transfer.data ? (
        <DocumentDone
          title={t("transfer.done")}
          number={transfer.data.number}
          text={t("transfer.doneText", { count: transfer.data.lines.length / 2 })}
          leadsTo="movements"
          again={t("transfer.again")}
          onAgain={again}
        />
      ) : (
        <DocumentFields
          document={document}
          submitLabel={t("transfer.submit")}
          referenceLabel={t("issue.reference")}
          referenceHint={t("transfer.referenceHint")}
          error={transfer.error}
          sending={transfer.isPending}
          onSubmit={() =>
            document.submit((head, lines) =>
              transfer.mutate({
                ...head,
                ...way,
                toWarehouseId: way.toWarehouseId || head.warehouseId,
                lines,
              }),
            )
          }
        >
          {binOf("bin")}
          {statusOf("status")}
          <Group w="100%" align="flex-start">
            <WarehouseSelect
              label={t("transfer.to")}
              placeholder={t("transfer.toSame")}
              clearable
              w={260}
              value={way.toWarehouseId}
              onChange={(toWarehouseId) => setWay((old) => ({ ...old, toWarehouseId }))}
              data-testid="to-warehouse"
            />
            {binOf("toBin")}
            {statusOf("toStatus")}
          </Group>
          <OwnerField document={document} />
        </DocumentFields>
      )}
    </Frame>
  );
}
