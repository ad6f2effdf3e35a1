import { Anchor, Badge, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { useChanges } from "@/parts/changes";
import { columnsOf } from "@/parts/table";

const column = columnsOf<Change>();
const colours: Record<string, string> = { insert: "green", update: "blue", delete: "red" };
const verbs = { insert: "history.created", update: "history.changed", delete: "history.removed" } as const;

export function useAuditColumns(show: (change: Change) => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { fields } = useChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () =>
      column.columns([
        column.accessor("at", {
          header: t("audit.when"),
          meta: { tight: true },
          cell: ({ getValue }) => format.instant(getValue()),
        }),
        column.accessor("actor", {
          header: t("audit.who"),
          meta: { tight: true },
          cell: ({ row: { original } }) =>
            original.actor ?? (original.request.endsWith("by hand") ? t("history.byHand") : "Millrace"),
        }),
        column.accessor("entity", {
          header: t("audit.what"),
          meta: { tight: true },
          cell: ({ row: { original } }) => (
            <Anchor
              component="button"
              type="button"
              size="sm"
              fw={600}
              onClick={() => show(original)}
              aria-label={`${t("audit.show")}: ${words.table(original.entity)}`}
              data-testid="show-change"
            >
              {words.table(original.entity)}
            </Anchor>
          ),
        }),
        column.accessor("kind", {
          header: () => null,
          meta: { tight: true },
          cell: ({ getValue }) => (
            <Badge color={colours[getValue()]}>{t(verbs[getValue() as keyof typeof verbs])}</Badge>
          ),
        }),
        column.display({
          id: "change",
          header: t("audit.change"),
          cell: ({ row: { original } }) => (
            <Text size="xs" c="dimmed" lineClamp={1} style={{ overflowWrap: "anywhere" }}>
              {fields(original)
                .filter(({ tells }) => tells)
                .map(({ label, was, now }) =>
                  original.kind === "update"
                    ? `${label}: ${was} → ${now}`
                    : `${label}: ${original.kind === "delete" ? was : now}`,
                )
                .join(" · ")}
            </Text>
          ),
        }),
      ]),
    [t, format, show],
  );
}
