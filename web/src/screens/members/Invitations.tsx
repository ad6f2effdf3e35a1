import { Badge, Button, Group, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { invitationLink, invitationsQuery, withdrawInvitation } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { Invitation } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DataTable } from "@/parts/DataTable";
import { ProblemNote } from "@/parts/Notes";
import { useRows } from "@/parts/PagedTable";
import { ShownOnce } from "@/parts/ShownOnce";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";

const column = columnsOf<Invitation>();
const idOf = (row: Invitation) => row.id;
const rowProps = (row: Invitation) => ({ "data-testid": `invitation-row-${row.email}` });

/** Who was asked in and has not come yet; shown only when there is somebody. */
export function Invitations() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay("identity.member.write");
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(invitationsQuery());
  const rows = useRows(query.data);
  const link = useMutation({
    mutationFn: async (row: Invitation) => ({ row, url: (await invitationLink(row.id)).url }),
  });
  const withdraw = useIntent(withdrawInvitation, {
    onSuccess: async () => {
      notifications.show({ message: t("members.withdrawn") });
      await queryClient.invalidateQueries({ queryKey: invitationsQuery().queryKey });
    },
  });
  const { mutate: makeLink } = link;
  const { mutate: takeBack } = withdraw;
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", { header: t("members.name") }),
        column.accessor("email", { header: t("members.email") }),
        column.accessor("role", { header: t("members.role"), meta: { from: "md" } }),
        column.accessor("expiresAt", {
          header: t("members.expires"),
          meta: { tight: true },
          cell: ({ row: { original } }) =>
            original.expired ? (
              <Badge color="yellow">{t("members.expired")}</Badge>
            ) : (
              format.instant(original.expiresAt)
            ),
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) =>
            mayWrite && (
              <Group gap={6} justify="flex-end" wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => makeLink(original)}
                  data-testid="invitation-link"
                >
                  {t("members.link")}
                </Button>
                <ConfirmButton
                  size="compact-xs"
                  variant="default"
                  title={t("members.withdrawTitle", { name: original.name })}
                  text={t("members.withdrawText")}
                  confirm={t("members.withdraw")}
                  danger
                  onConfirm={() => takeBack(original.id)}
                  data-testid="withdraw"
                >
                  {t("members.withdraw")}
                </ConfirmButton>
              </Group>
            ),
        }),
      ]),
    [t, format, mayWrite, makeLink, takeBack],
  );
  return (
    <>
      <ProblemNote error={query.error ?? link.error ?? withdraw.error} />
      {rows.length > 0 && (
        <section aria-label={t("members.invitations")}>
          <Title order={2} size="h5" mb="xs">
            {t("members.invitations")}
          </Title>
          <DataTable
            rows={rows}
            columns={columns}
            rowId={idOf}
            rowProps={rowProps}
            label={t("members.invitations")}
          />
        </section>
      )}
      {link.data && (
        <ShownOnce
          title={t("members.linkTitle")}
          text={t("members.linkText", { name: link.data.row.name })}
          secret={link.data.url}
          onClose={() => link.reset()}
        />
      )}
    </>
  );
}
