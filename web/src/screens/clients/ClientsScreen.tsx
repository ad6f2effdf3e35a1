import { Button, Code, Group, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { clientsQuery } from "@/api/access";
import type { ApiClient } from "@/api/types";
import { HistoryButton } from "@/parts/HistoryButton";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { OpenName } from "@/parts/OpenName";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { useMay } from "@/session/company";
import { ClientActions } from "./ClientActions";
import { EditClient } from "./EditClient";

const column = columnsOf<ApiClient>();
const rowsOfClient = ["identity.client", "identity.client_permission"];
const idOf = (row: ApiClient) => row.id;
const rowProps = (row: ApiClient) => ({ "data-testid": `client-row-${row.name}` });

export function Screen() {
  const { t } = useTranslation();
  const mayWrite = useMay("identity.client.write");
  const query = useInfiniteQuery(clientsQuery());
  const [edited, setEdited] = useState<ApiClient | "new" | null>(null);
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: t("members.name"),
          cell: ({ row: { original } }) => (
            <OpenName
              name={original.name}
              may={mayWrite}
              onOpen={() => setEdited(original)}
              data-testid="edit-client"
            />
          ),
        }),
        column.accessor("clientId", {
          header: t("clients.id"),
          meta: { from: "lg", tight: true },
          cell: ({ getValue }) => <Code>{getValue()}</Code>,
        }),
        column.accessor("permissions", {
          header: t("roles.permissions"),
          meta: { tight: true },
          cell: ({ getValue }) => t("roles.count", { count: getValue().length }),
        }),
        column.accessor("requestsPerMinute", {
          header: t("clients.rate"),
          meta: { figure: true, from: "md" },
          cell: ({ getValue }) => getValue() ?? "–",
        }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) => (
            <Group gap={6} wrap="nowrap" justify="flex-end">
              {mayWrite && <ClientActions client={original} />}
              <HistoryButton name={original.name} entities={rowsOfClient} of={original.id} />
            </Group>
          ),
        }),
      ]),
    [t, mayWrite],
  );
  const add = mayWrite && (
    <Button
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setEdited("new")}
      data-testid="new-client"
    >
      {t("clients.new")}
    </Button>
  );
  return (
    <Frame title={t("nav.clients")} lead={t("clients.lead")} actions={add}>
      <Stack gap="sm">
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.clients")}
          empty={<Empty icon="rules" title={t("clients.empty")} text={t("clients.emptyText")} />}
        />
      </Stack>
      {edited && <EditClient client={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
    </Frame>
  );
}
