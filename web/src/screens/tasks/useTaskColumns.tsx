import { Anchor, Badge, Checkbox, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Label, Task } from "@/api/work";
import { linkOf } from "@/parts/documents/links";
import { columnsOf } from "@/parts/table";
import { DueOn } from "@/parts/tasks/DueOn";
import { useCompletion } from "@/parts/tasks/useCompletion";

const column = columnsOf<Task>();

export function useTaskColumns(labels: Label[], onOpen: (task: Task) => void) {
  const { t } = useTranslation();
  const { mutate } = useCompletion();
  return useMemo(() => {
    const nameOf = (id: string) => labels.find((label) => label.id === id)?.name;
    return column.columns([
      column.display({
        id: "done",
        header: () => null,
        meta: { width: 44 },
        cell: ({ row: { original } }) => (
          <Checkbox
            checked={original.doneAt !== null}
            onChange={(event) => mutate({ id: original.id, done: event.currentTarget.checked })}
            aria-label={
              original.doneAt === null
                ? t("tasks.markDone", { title: original.title })
                : t("tasks.reopen", { title: original.title })
            }
            data-testid="task-done"
          />
        ),
      }),
      column.accessor("title", {
        header: t("tasks.title"),
        cell: ({ row: { original } }) => (
          <Group gap={6}>
            <Anchor component="button" type="button" size="sm" fw={600} onClick={() => onOpen(original)}>
              {original.title}
            </Anchor>
            {original.tagIds.map((id) => (
              <Badge key={id} variant="light" color="gray">
                {nameOf(id)}
              </Badge>
            ))}
            {original.customer && (
              <Text size="sm" c="dimmed">
                {original.customer}
              </Text>
            )}
            {original.documentType && original.documentId && (
              <Anchor component={Link} to={linkOf(original.documentType, original.documentId)} size="sm">
                {original.documentTitle}
              </Anchor>
            )}
          </Group>
        ),
      }),
      column.accessor("dueOn", {
        header: t("tasks.dueOn"),
        meta: { tight: true },
        cell: ({ row: { original } }) => <DueOn task={original} />,
      }),
      column.accessor("assigneeName", { header: t("tasks.assignee"), meta: { tight: true } }),
      column.accessor("projectId", {
        header: t("tasks.project"),
        meta: { from: "md" },
        cell: ({ getValue }) => nameOf(getValue() ?? ""),
      }),
      column.accessor("categoryId", {
        header: t("tasks.category"),
        meta: { from: "lg" },
        cell: ({ getValue }) => nameOf(getValue() ?? ""),
      }),
    ]);
  }, [t, labels, mutate, onOpen]);
}
