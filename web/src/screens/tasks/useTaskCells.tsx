import { Anchor, Badge, Checkbox, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Label, Task } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { linkOf } from "@/parts/documents/links";
import { DueOn } from "@/parts/tasks/DueOn";
import { useCompletion } from "@/parts/tasks/useCompletion";

/** A task can be ticked off and opened where it stands. */
export function useTaskCells(labels: Label[], onOpen: (task: Task) => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutate } = useCompletion();
  return useMemo(() => {
    const nameOf = (id: string | null) => labels.find((label) => label.id === id)?.name;
    return {
      title: (row: Task) => (
        <Group gap={8} wrap="nowrap">
          <Checkbox
            size="xs"
            checked={row.doneAt !== null}
            onChange={(event) => mutate({ id: row.id, done: event.currentTarget.checked })}
            aria-label={t(row.doneAt === null ? "tasks.markDone" : "tasks.reopen", { title: row.title })}
            data-testid="task-done"
          />
          <Group gap="0 8px" wrap="wrap">
            <Anchor component="button" type="button" inherit fw={600} ta="start" onClick={() => onOpen(row)}>
              {row.title}
            </Anchor>
            {row.tagIds.map((id) => (
              <Badge key={id} variant="light" color="gray">
                {nameOf(id)}
              </Badge>
            ))}
            {row.customer && (
              <Text inherit c="dimmed">
                {row.customer}
              </Text>
            )}
            {row.documentType && row.documentId && (
              <Anchor component={Link} to={linkOf(row.documentType, row.documentId)} inherit>
                {row.documentTitle}
              </Anchor>
            )}
          </Group>
        </Group>
      ),
      due: (row: Task) => <DueOn task={row} />,
      assignee: (row: Task) => row.assigneeName,
      project: (row: Task) => nameOf(row.projectId),
      category: (row: Task) => nameOf(row.categoryId),
      tags: (row: Task) => row.tagIds.map(nameOf).join(", "),
      state: (row: Task) => t(row.doneAt === null ? "tasks.open" : "tasks.done"),
      done: (row: Task) => row.doneAt && format.instant(row.doneAt),
      created: (row: Task) => format.instant(row.createdAt),
    };
  }, [t, format, labels, mutate, onOpen]);
}
