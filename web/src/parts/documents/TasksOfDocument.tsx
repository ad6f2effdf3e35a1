import { Anchor, Button, Checkbox, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelsQuery, type Task, tasksOfQuery } from "@/api/work";
import { useMay } from "@/session/company";
import { Icon } from "../icons";
import { Loading, ProblemNote } from "../Notes";
import { useRows } from "../PagedTable";
import { DueOn } from "../tasks/DueOn";
import { TaskForm } from "../tasks/TaskForm";
import { useCompletion } from "../tasks/useCompletion";

type TasksOfDocumentProps = { documentType: string; documentId: string; title: string };

/** What is still to be done about a document, with a way to add to it; only for those who work with tasks. */
export function TasksOfDocument(props: TasksOfDocumentProps) {
  return useMay("work.use") ? <Tasks {...props} /> : null;
}

function Tasks({ documentType, documentId, title }: TasksOfDocumentProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const query = useInfiniteQuery(tasksOfQuery(documentType, documentId));
  const labels = useQuery({ ...labelsQuery(), enabled: edited !== null });
  const complete = useCompletion();
  const tasks = useRows(query.data);
  return (
    <Paper withBorder p="md" data-testid="tasks-of-document">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t("nav.tasks")}
          </Title>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setEdited("new")}
            data-testid="new-task"
          >
            {t("tasks.new")}
          </Button>
        </Group>
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <ProblemNote error={complete.error} />
        {query.isPending && <Loading rows={2} />}
        {query.data && tasks.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("tasks.none")}
          </Text>
        )}
        {tasks.map((task) => (
          <OpenTask
            key={task.id}
            task={task}
            busy={complete.isPending}
            onDone={() => complete.mutate({ id: task.id, done: true })}
            onOpen={() => setEdited(task)}
          />
        ))}
        {query.hasNextPage && (
          <Group>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => query.fetchNextPage()}
              loading={query.isFetchingNextPage}
              data-testid="load-more"
            >
              {t("common.loadMore")}
            </Button>
          </Group>
        )}
      </Stack>
      {edited !== null && (
        <TaskForm
          task={edited === "new" ? null : edited}
          labels={labels.data?.items ?? []}
          about={{ documentType, documentId, documentTitle: title }}
          onDone={() => setEdited(null)}
        />
      )}
    </Paper>
  );
}

type OpenTaskProps = { task: Task; busy: boolean; onDone: () => void; onOpen: () => void };

function OpenTask({ task, busy, onDone, onOpen }: OpenTaskProps) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap" data-testid={`task-row-${task.title}`}>
      <Checkbox
        checked={task.doneAt !== null}
        disabled={busy}
        onChange={onDone}
        aria-label={t("tasks.markDone", { title: task.title })}
        data-testid="task-done"
      />
      <Anchor
        component="button"
        type="button"
        size="sm"
        fw={600}
        ta="start"
        flex={1}
        miw={0}
        style={{ overflowWrap: "anywhere" }}
        onClick={onOpen}
      >
        {task.title}
      </Anchor>
      {task.assigneeName && (
        <Text size="sm" c="dimmed">
          {task.assigneeName}
        </Text>
      )}
      <DueOn task={task} />
    </Group>
  );
}
