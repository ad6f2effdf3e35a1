import { Anchor, Badge, Group, Stack, Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { membersQuery } from "@/api/identity";
import type { Member } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { SearchInput } from "@/parts/SearchInput";
import { columnsOf } from "@/parts/table";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useMay } from "@/session/company";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";

const column = columnsOf<Member>();
const idOf = (row: Member) => row.id;
const rowProps = (row: Member) => ({
  "data-testid": `member-row-${row.email}`,
  "data-muted": row.retiredAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay("identity.member.write");
  const filter = useUrlFilter();
  const search = filter.value("search");
  const retired = filter.value("retired") === "true";
  const query = useInfiniteQuery(membersQuery({ search, ...(retired && { retired }) }));
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: t("members.name"),
          cell: ({ row: { original } }) => (
            <Anchor component={Link} to={`/members/${original.id}`} size="sm" fw={600}>
              {original.name}
            </Anchor>
          ),
        }),
        column.accessor("email", { header: t("members.email") }),
        column.accessor("roles", {
          header: t("members.roles"),
          cell: ({ getValue }) => (
            <Group gap={4}>
              {getValue().map((role) => (
                <Badge key={role} color="gray" variant="light">
                  {role}
                </Badge>
              ))}
            </Group>
          ),
        }),
        column.accessor("seenAt", {
          header: t("members.seen"),
          meta: { tight: true, from: "md" },
          cell: ({ getValue }) => {
            const seen = getValue();
            return seen ? format.instant(seen) : t("members.never");
          },
        }),
      ]),
    [t, format],
  );
  return (
    <Frame title={t("nav.members")} lead={t("members.lead")} actions={mayWrite && <Invite />}>
      <Stack gap="md">
        <Group gap="sm">
          <SearchInput
            value={search}
            onChange={(next) => filter.change({ search: next })}
            label={t("members.search")}
          />
          <Switch
            label={t("members.showRetired")}
            checked={retired}
            onChange={(event) => filter.change({ retired: event.currentTarget.checked ? "true" : null })}
            data-testid="retired-filter"
          />
        </Group>
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.members")}
          empty={<Empty icon="user" title={t("members.empty")} text={t("common.otherFilter")} />}
        />
        <Invitations />
      </Stack>
    </Frame>
  );
}
