import { Badge, Button, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OwnSession } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { DataTable } from "./DataTable";
import { columnsOf } from "./table";

const column = columnsOf<OwnSession>();
const idOf = (row: OwnSession) => row.id;
const rowProps = (row: OwnSession) => ({ "data-testid": `session-row-${row.id}` });

type SessionListProps = { rows: OwnSession[]; label: string; onEnd?: ((id: string) => void) | undefined };

/** Where somebody is signed in, each with its end. */
export function SessionList({ rows, label, onEnd }: SessionListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("agent", {
          header: t("account.device"),
          cell: ({ row: { original } }) => (
            <Group gap="xs">
              <Text size="sm" truncate maw={280} title={original.agent}>
                {browserOf(original.agent) || t("account.unknownAgent")}
              </Text>
              {original.current && <Badge>{t("account.here")}</Badge>}
            </Group>
          ),
        }),
        column.accessor("address", { header: t("account.address"), meta: { tight: true, from: "md" } }),
        column.accessor("createdAt", {
          header: t("account.since"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.accessor("seenAt", {
          header: t("account.seen"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.display({
          id: "end",
          header: () => null,
          meta: { align: "end" },
          cell: ({ row: { original } }) =>
            onEnd &&
            !original.current && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onEnd(original.id)}
                data-testid="end-session"
              >
                {t("account.end")}
              </Button>
            ),
        }),
      ]),
    [t, format, onEnd],
  );
  return <DataTable rows={rows} columns={columns} rowId={idOf} rowProps={rowProps} label={label} />;
}

/** "Firefox · Linux" from what the browser says of itself. */
function browserOf(agent: string): string {
  const name = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1];
  const known = { Edg: "Edge", OPR: "Opera" }[name ?? ""] ?? name;
  return [known, system].filter(Boolean).join(" · ") || agent;
}
