import { Badge } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { type Delegation, endDelegation } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DataTable } from "@/parts/DataTable";
import { columnsOf } from "@/parts/table";
import { useSession } from "@/session/company";

const column = columnsOf<Delegation>();
const idOf = (row: Delegation) => row.id;
const rowProps = (row: Delegation) => ({
  "data-testid": `delegation-row-${row.delegateName}`,
  "data-muted": row.endedAt !== null,
});

export function DelegationTable({ rows }: { rows: Delegation[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const { mutate } = useIntent(endDelegation, {
    onSuccess: async () => {
      notifications.show({ message: t("delegations.endedNow") });
      await queryClient.invalidateQueries({ queryKey: ["delegations"] });
    },
  });
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("personName", { header: t("delegations.from") }),
        column.accessor("delegateName", { header: t("delegations.to") }),
        column.accessor("starts", {
          header: t("delegations.starts"),
          meta: { tight: true },
          cell: ({ getValue }) => format.date(getValue()),
        }),
        column.accessor("ends", {
          header: t("delegations.ends"),
          meta: { tight: true },
          cell: ({ getValue }) => format.date(getValue()),
        }),
        column.accessor("note", { header: t("delegations.note"), meta: { from: "lg" } }),
        column.display({
          id: "state",
          header: () => t("delegations.state"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Badge color={original.active ? "green" : "gray"} variant="light">
              {original.active
                ? t("delegations.active")
                : original.endedAt === null
                  ? t("delegations.planned")
                  : t("delegations.ended")}
            </Badge>
          ),
        }),
        column.display({
          id: "end",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) =>
            original.endedAt === null &&
            original.personId === user.id && (
              <ConfirmButton
                size="compact-xs"
                variant="default"
                title={t("delegations.endTitle", { name: original.delegateName })}
                text={t("delegations.endText")}
                confirm={t("delegations.end")}
                onConfirm={() => mutate(original.id)}
                data-testid="end"
              >
                {t("delegations.end")}
              </ConfirmButton>
            ),
        }),
      ]),
    [t, format, mutate, user.id],
  );
  return (
    <DataTable columns={columns} rows={rows} rowId={idOf} rowProps={rowProps} label={t("nav.delegations")} />
  );
}
