import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { lotQuery } from "@/api/inventory";
import { Problem } from "@/api/problem";
import type { LotStep } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { NotFound } from "@/frame/NotFound";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { listOf } from "@/parts/list/condition";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Part } from "@/parts/Part";
import { PrintButton } from "@/parts/PrintButton";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useCompany } from "@/session/company";

const column = columnsOf<LotStep>();
const idOf = (row: LotStep) => row.document;

/** Where a lot came from, where it went, and what is left of it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const { id = "" } = useParams();
  const lot = useSearchParams()[0].get("lot") ?? "";
  const { data, error, isPending, isFetching, refetch } = useQuery(lotQuery(companyId, id, lot));
  const unit = data?.unit ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as the format does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("document", {
          header: t("lot.document"),
          cell: ({ row: { original } }) => (
            <Anchor
              component={Link}
              to={listOf("/movements", { document: original.document })}
              inherit
              fw={600}
            >
              {original.document}
            </Anchor>
          ),
        }),
        column.accessor((row) => format.date(row.date), { id: "date", header: t("lines.date") }),
        column.accessor((row) => whatOf(row), { id: "what", header: t("lot.what") }),
        column.accessor("warehouseCode", { header: t("lines.warehouse") }),
        column.accessor("reference", { header: t("lot.reference") }),
        column.accessor((row) => `${format.quantity(row.quantity.replace("-", ""))} ${words.unit(unit)}`, {
          id: "quantity",
          header: t("lines.quantity"),
          meta: { figure: true },
        }),
      ]),
    [t, format, unit],
  );
  const whatOf = ({ kind, reason, reversedBy }: LotStep) =>
    [
      words.movement(kind),
      reason && kind !== "receipt" && words.reason(reason),
      reversedBy && t("lot.takenBack", { by: reversedBy }),
    ]
      .filter(Boolean)
      .join(" · ");
  if (error instanceof Problem && error.status === 404) return <NotFound />;
  if (isPending || error)
    return (
      <Frame title={lot}>
        {error ? <ProblemNote error={error} onRetry={refetch} retrying={isFetching} /> : <Loading rows={5} />}
      </Frame>
    );
  const facts = [
    t("lot.left", { quantity: format.quantity(data.onHand), unit: words.unit(unit) }),
    data.firstOn && t("lot.first", { date: format.date(data.firstOn) }),
    data.expiresOn && t("lot.expires", { date: format.date(data.expiresOn) }),
  ];
  const movements = { to: listOf("/movements", { item: data.itemCode, lot }), text: t("lot.all") };
  return (
    <Frame
      title={`${lot} · ${data.itemCode} ${data.itemName}`}
      lead={facts.filter(Boolean).join(" · ")}
      actions={
        <PrintButton
          href={`/api/v1/items/${id}/labels/pdf?${new URLSearchParams({ lot })}`}
          label={t("done.labels")}
        />
      }
    >
      <Stack gap="md" data-testid="lot">
        <Part
          title={t("lot.came")}
          nothing={data.came.length === 0 && t("lot.cameNothing")}
          all={data.moreCame && movements}
        >
          <DataTable columns={columns} rows={data.came} rowId={idOf} label={t("lot.came")} />
        </Part>
        <Part
          title={t("lot.went")}
          nothing={data.went.length === 0 && t("lot.wentNothing")}
          all={data.moreWent && movements}
        >
          <DataTable columns={columns} rows={data.went} rowId={idOf} label={t("lot.went")} />
        </Part>
        <Anchor component={Link} to={listOf("/places", { item: data.itemCode, lot })} size="sm">
          {t("lot.places")}
        </Anchor>
      </Stack>
    </Frame>
  );
}
