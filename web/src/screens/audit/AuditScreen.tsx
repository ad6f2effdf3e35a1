import { Anchor, Badge, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { auditTablesQuery } from "@/api/history";
import type { Change } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useChanges } from "@/parts/changes";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { ChangeDialog } from "./ChangeDialog";
import { ExportYear } from "./ExportYear";

const idOf = (row: Change) => String(row.id);
const rowProps = (row: Change) => ({ "data-testid": `audit-row-${row.entity}` });
const colours: Record<string, string> = { insert: "green", update: "blue", delete: "red" };
const verbs = { insert: "history.created", update: "history.changed", delete: "history.removed" } as const;

/** Who changed what lately, and the way to take a year of it away. */
export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const [shown, setShown] = useState<Change | null>(null);
  const { data: tables } = useQuery(auditTablesQuery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const choices = useMemo(
    () => ({ entity: (tables?.items ?? []).map((value) => ({ value, title: words.table(value) })) }),
    [tables, t],
  );
  const cells = useAuditCells(setShown);
  return (
    <Frame title={t("nav.audit")} lead={t("audit.lead")} actions={<ExportYear />}>
      <ListView<Change>
        list="audit"
        cells={cells}
        choices={choices}
        rowId={idOf}
        rowProps={rowProps}
        label={t("nav.audit")}
        empty={<Empty icon="history" title={t("audit.empty")} text={t("audit.emptyText")} />}
      />
      {shown && <ChangeDialog change={shown} onClose={() => setShown(null)} />}
    </Frame>
  );
}

function useAuditCells(show: (change: Change) => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { fields } = useChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(() => {
    const changed = (row: Change) =>
      fields(row)
        .filter(({ tells }) => tells)
        .map(({ label, was, now }) =>
          row.kind === "update"
            ? `${label}: ${was} → ${now}`
            : `${label}: ${row.kind === "delete" ? was : now}`,
        )
        .join(" · ");
    return {
      at: (row: Change) => format.instant(row.at),
      actor: (row: Change) =>
        row.actor ?? (row.request.endsWith("by hand") ? t("history.byHand") : "Millrace"),
      entity: (row: Change) => (
        <Anchor
          component="button"
          type="button"
          inherit
          fw={600}
          onClick={() => show(row)}
          aria-label={`${t("audit.show")}: ${words.table(row.entity)}`}
          data-testid="show-change"
        >
          {words.table(row.entity)}
        </Anchor>
      ),
      kind: (row: Change) => (
        <Badge color={colours[row.kind]}>{t(verbs[row.kind as keyof typeof verbs])}</Badge>
      ),
      change: (row: Change) => (
        <Text inherit c="dimmed" truncate maw={640}>
          {changed(row)}
        </Text>
      ),
      before: (row: Change) => (row.before ? JSON.stringify(row.before) : null),
      day: (row: Change) => format.date(row.at.slice(0, 10)),
      id: (row: Change) => String(row.id),
    };
  }, [t, format, show]);
}
