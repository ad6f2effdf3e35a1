import { Group, Select, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { auditQuery, auditTablesQuery } from "@/api/history";
import { membersQuery } from "@/api/identity";
import type { Change } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { DayInput } from "@/parts/DayInput";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useMay } from "@/session/company";
import { ChangeDialog } from "./ChangeDialog";
import { ExportYear } from "./ExportYear";
import { useAuditColumns } from "./useAuditColumns";

const idOf = (row: Change) => String(row.id);
const rowProps = (row: Change) => ({ "data-testid": `audit-row-${row.entity}` });

/** Who changed what lately, and the way to take a year of it away. */
export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const filter = useUrlFilter();
  const mayReadMembers = useMay("identity.member.read");
  const [shown, setShown] = useState<Change | null>(null);
  const asked = {
    actor: filter.value("actor"),
    entity: filter.value("entity"),
    from: filter.value("from"),
    through: filter.value("through"),
  };
  const query = useInfiniteQuery(auditQuery(asked));
  const { data: tables } = useQuery(auditTablesQuery);
  const members = useInfiniteQuery({ ...membersQuery(), enabled: mayReadMembers });
  const people = members.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useAuditColumns(setShown);
  return (
    <Frame title={t("nav.audit")} lead={t("audit.lead")} actions={<ExportYear />}>
      <Stack gap="sm">
        <Group gap="sm">
          {mayReadMembers && (
            <Select
              aria-label={t("audit.who")}
              placeholder={t("audit.anybody")}
              data={people.map(({ id, name }) => ({ value: id, label: name }))}
              value={asked.actor || null}
              onChange={(actor) => filter.change({ actor })}
              searchable
              clearable
              w={200}
              data-testid="actor-filter"
            />
          )}
          <Select
            aria-label={t("audit.what")}
            placeholder={t("audit.anything")}
            data={(tables?.items ?? []).map((value) => ({ value, label: words.table(value) }))}
            value={asked.entity || null}
            onChange={(entity) => filter.change({ entity })}
            searchable
            clearable
            w={220}
            data-testid="entity-filter"
          />
          <DayInput
            aria-label={t("audit.from")}
            placeholder={t("audit.from")}
            value={asked.from}
            onChange={(from) => filter.change({ from })}
            clearable
            w={140}
            data-testid="from"
          />
          <DayInput
            aria-label={t("audit.through")}
            placeholder={t("audit.through")}
            value={asked.through}
            onChange={(through) => filter.change({ through })}
            clearable
            w={140}
            data-testid="through"
          />
        </Group>
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.audit")}
          empty={<Empty icon="history" title={t("audit.empty")} text={t("audit.emptyText")} />}
        />
      </Stack>
      {shown && <ChangeDialog change={shown} onClose={() => setShown(null)} />}
    </Frame>
  );
}
