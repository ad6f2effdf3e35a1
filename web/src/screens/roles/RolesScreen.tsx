import { Button, Group, Paper } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { retireRole, rolesQuery } from "@/api/identity";
import { useIntent } from "@/api/intent";
import type { Role } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DataTable } from "@/parts/DataTable";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { OpenName } from "@/parts/OpenName";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";
import { EditRole } from "./EditRole";

const column = columnsOf<Role>();
const rowsOfRole = ["identity.role", "identity.role_permission"];
const idOf = (row: Role) => row.id;
const rowProps = (row: Role) => ({ "data-testid": `role-row-${row.name}` });

export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const mayWrite = useMay("identity.role.write");
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  const query = useQuery(rolesQuery);
  const { mutate: retire } = useIntent(retireRole, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey }),
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: t("members.role"),
          cell: ({ row: { original } }) => (
            <OpenName
              name={original.name}
              may={mayWrite}
              onOpen={() => setEdited(original)}
              data-testid="edit-role"
            />
          ),
        }),
        column.accessor("permissions", {
          header: t("roles.permissions"),
          meta: { tight: true },
          cell: ({ row: { original } }) =>
            original.everything
              ? t("roles.everything")
              : t("roles.count", { count: original.permissions.length }),
        }),
        column.accessor("members", { header: t("roles.members"), meta: { figure: true } }),
        column.display({
          id: "retire",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) => (
            <Group gap={6} wrap="nowrap" justify="flex-end">
              {mayWrite && original.members === 0 && (
                <ConfirmButton
                  size="compact-xs"
                  variant="default"
                  title={t("roles.retireTitle", { name: original.name })}
                  text={t("roles.retireText")}
                  confirm={t("roles.retire")}
                  danger
                  onConfirm={() => retire(original.id)}
                  data-testid="retire-role"
                >
                  {t("roles.retire")}
                </ConfirmButton>
              )}
              <HistoryButton name={original.name} entities={rowsOfRole} of={original.id} />
            </Group>
          ),
        }),
      ]),
    [t, mayWrite, retire],
  );
  const add = mayWrite && (
    <Button
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setEdited("new")}
      data-testid="new-role"
    >
      {t("roles.new")}
    </Button>
  );
  return (
    <Frame title={t("nav.roles")} lead={t("roles.lead")} actions={add}>
      <Paper withBorder>
        <ProblemNote error={query.error} onRetry={query.refetch} />
        {query.isPending && <Loading />}
        {query.data?.length === 0 && (
          <Empty icon="lock" title={t("roles.empty")} text={t("roles.emptyText")} />
        )}
        {query.data && query.data.length > 0 && (
          <DataTable
            rows={query.data}
            columns={columns}
            rowId={idOf}
            rowProps={rowProps}
            label={t("nav.roles")}
          />
        )}
      </Paper>
      {edited && <EditRole role={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </Frame>
  );
}
