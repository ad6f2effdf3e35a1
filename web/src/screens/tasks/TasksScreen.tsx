import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { labelsQuery, type Task } from "@/api/work";
import { linkOf as documentAt } from "@/parts/documents/links";
import { Icon } from "@/parts/icons";
import { listOf } from "@/parts/list/condition";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { TaskForm } from "@/parts/tasks/TaskForm";
import { useTaskCells } from "./useTaskCells";

const idOf = (row: Task) => row.id;
const linkOf = (row: Task) =>
  row.documentType && row.documentId ? documentAt(row.documentType, row.documentId) : "/tasks";
const mine = listOf("/tasks", { mine: "true" });
const rowProps = (row: Task) => ({
  "data-testid": `task-row-${row.title}`,
  "data-muted": row.doneAt !== null,
});

/** What is to be done, the first due first. */
export function Screen() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const { data: labels } = useQuery(labelsQuery());
  const cells = useTaskCells(labels?.items ?? [], setEdited);
  return (
    <Frame
      title={t("nav.tasks")}
      lead={t("tasks.lead")}
      actions={
        <>
          <Button component={Link} to={mine} variant="default" data-testid="mine">
            {t("tasks.mine")}
          </Button>
          <Button
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setEdited("new")}
            data-testid="new-task"
          >
            {t("tasks.new")}
          </Button>
        </>
      }
    >
      <ListView<Task>
        list="tasks"
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        label={t("nav.tasks")}
        searchLabel={t("tasks.search")}
        empty={<Empty icon="tasks" title={t("tasks.empty")} text={t("tasks.emptyText")} />}
      />
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
