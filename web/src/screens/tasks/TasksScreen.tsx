import { Button, Checkbox, Group, SegmentedControl, Select, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelsQuery, type Task, tasksQuery } from "@/api/work";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { Screen as Frame } from "@/parts/Screen";
import { SearchInput } from "@/parts/SearchInput";
import { TaskForm } from "@/parts/tasks/TaskForm";
import { useUrlFilter } from "@/parts/useUrlFilter";
import { useTaskColumns } from "./useTaskColumns";

const idOf = (row: Task) => row.id;
const rowProps = (row: Task) => ({
  "data-testid": `task-row-${row.title}`,
  "data-muted": row.doneAt !== null,
});

/** What is to be done, the first due first. */
export function Screen() {
  const { t } = useTranslation();
  const filter = useUrlFilter();
  const done = filter.value("done") === "true";
  const mine = filter.value("mine") === "true";
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const { data: labels } = useQuery(labelsQuery());
  const query = useInfiniteQuery(
    tasksQuery({
      done,
      ...(mine && { mine }),
      projectId: filter.value("project"),
      categoryId: filter.value("category"),
      tagId: filter.value("tag"),
      search: filter.value("search"),
    }),
  );
  const columns = useTaskColumns(labels?.items ?? [], setEdited);
  const options = (kind: string) =>
    (labels?.items ?? [])
      .filter((label) => label.kind === kind)
      .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Frame
      title={t("nav.tasks")}
      lead={t("tasks.lead")}
      actions={
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setEdited("new")}
          data-testid="new-task"
        >
          {t("tasks.new")}
        </Button>
      }
    >
      <Stack gap="sm">
        <Group gap="sm">
          <SearchInput
            label={t("tasks.search")}
            value={filter.value("search")}
            onChange={(search) => filter.change({ search })}
          />
          <SegmentedControl
            size="xs"
            data={[
              { value: "open", label: t("tasks.open") },
              { value: "done", label: t("tasks.done") },
            ]}
            value={done ? "done" : "open"}
            onChange={(value) => filter.change({ done: value === "done" ? "true" : null })}
          />
          <Select
            aria-label={t("tasks.project")}
            placeholder={t("tasks.project")}
            data={options("project")}
            value={filter.value("project") || null}
            onChange={(project) => filter.change({ project })}
            clearable
            w={170}
          />
          <Select
            aria-label={t("tasks.category")}
            placeholder={t("tasks.category")}
            data={options("category")}
            value={filter.value("category") || null}
            onChange={(category) => filter.change({ category })}
            clearable
            w={150}
            data-testid="category-filter"
          />
          <Select
            aria-label={t("tasks.tags")}
            placeholder={t("tasks.tags")}
            data={options("tag")}
            value={filter.value("tag") || null}
            onChange={(tag) => filter.change({ tag })}
            clearable
            w={150}
          />
          <Checkbox
            label={t("tasks.mine")}
            checked={mine}
            onChange={(event) => filter.change({ mine: event.currentTarget.checked ? "true" : null })}
            data-testid="mine"
          />
        </Group>
        <PagedTable
          query={query}
          columns={columns}
          rowId={idOf}
          rowProps={rowProps}
          label={t("nav.tasks")}
          empty={<Empty icon="tasks" title={t("tasks.empty")} text={t("tasks.emptyText")} />}
        />
      </Stack>
      {edited !== null && (
        <TaskForm
          task={edited === "new" ? null : edited}
          labels={labels?.items ?? []}
          onDone={() => setEdited(null)}
        />
      )}
    </Frame>
  );
}
