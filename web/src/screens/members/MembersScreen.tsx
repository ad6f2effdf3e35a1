import { Anchor, Badge, Group, Stack } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Member } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";

const idOf = (row: Member) => row.id;
const linkOf = (row: Member) => `/members/${row.id}`;
const rowProps = (row: Member) => ({
  "data-testid": `member-row-${row.email}`,
  "data-muted": row.retiredAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay("identity.member.write");
  const cells = useMemo(
    () => ({
      name: (row: Member) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.name}
        </Anchor>
      ),
      roles: (row: Member) => (
        <Group gap={4} wrap="nowrap">
          {row.roles.map((role) => (
            <Badge key={role} color="gray" variant="light">
              {role}
            </Badge>
          ))}
        </Group>
      ),
      seen: (row: Member) => (row.seenAt ? format.instant(row.seenAt) : t("members.never")),
      retired: (row: Member) => t(row.retiredAt ? "common.yes" : "common.no"),
    }),
    [t, format],
  );
  return (
    <Frame title={t("nav.members")} lead={t("members.lead")} actions={mayWrite && <Invite />}>
      <Stack gap="md">
        <ListView<Member>
          list="members"
          cells={cells}
          rowId={idOf}
          rowProps={rowProps}
          linkOf={linkOf}
          label={t("nav.members")}
          searchLabel={t("members.search")}
          empty={<Empty icon="user" title={t("members.empty")} text={t("common.otherFilter")} />}
        />
        <Invitations />
      </Stack>
    </Frame>
  );
}
