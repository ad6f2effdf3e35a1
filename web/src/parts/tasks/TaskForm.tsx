import { Group, MultiSelect, Select, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { deleteTask, type Label, peopleQuery, saveTask, type Task } from "@/api/work";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { DayInput } from "@/parts/DayInput";
import { FormDialog } from "@/parts/FormDialog";

export type TaskDocument = Pick<Task, "documentType" | "documentId" | "documentTitle">;

type TaskFormProps = {
  task: Task | null;
  labels: Label[];
  /** What a new task is about. */
  about?: TaskDocument;
  onDone: () => void;
};

/** Creates a task or changes one. */
export function TaskForm({ task, labels, about, onDone }: TaskFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: people } = useQuery(peopleQuery());
  const document = task ?? about;
  const form = useForm({
    initialValues: {
      title: task?.title ?? "",
      note: task?.note ?? "",
      dueOn: task?.dueOn ?? "",
      assigneeId: task?.assigneeId ?? null,
      projectId: task?.projectId ?? null,
      categoryId: task?.categoryId ?? null,
      tagIds: task?.tagIds ?? [],
      customer: task?.customer ?? "",
    },
    validate: { title: (value) => (value.trim() === "" ? t("common.needed") : null) },
  });
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["tasks"] });
  const save = useIntent(saveTask, {
    onSuccess: async () => {
      notifications.show({ message: t("tasks.saved") });
      onDone();
      await refresh();
    },
    onError: refresh,
  });
  const remove = useMutation({
    mutationFn: deleteTask,
    onSuccess: async () => {
      notifications.show({ message: t("tasks.removed") });
      onDone();
      await refresh();
    },
  });
  const options = (kind: string) =>
    labels.filter((label) => label.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
  const send = form.onSubmit(({ title, note, dueOn, customer, ...rest }) =>
    save.mutate({
      task,
      body: {
        ...rest,
        title: title.trim(),
        note: note.trim() || null,
        dueOn: dueOn === "" ? null : dueOn,
        customer: customer.trim() || null,
        documentType: document?.documentType ?? null,
        documentId: document?.documentId ?? null,
      },
    }),
  );
  return (
    <FormDialog
      opened
      onClose={onDone}
      size="lg"
      title={task ? t("tasks.edit") : t("tasks.new")}
      submit={t("common.save")}
      busy={save.isPending}
      error={save.error ?? remove.error}
      onSubmit={send}
      data-testid="task-save"
      extra={
        task && (
          <ConfirmButton
            variant="subtle"
            color="red"
            title={t("tasks.removeTitle")}
            text={t("tasks.removeText")}
            confirm={t("tasks.remove")}
            danger
            onConfirm={() => remove.mutate(task.id)}
            loading={remove.isPending}
            data-testid="task-delete"
          >
            {t("tasks.remove")}
          </ConfirmButton>
        )
      }
    >
      {document?.documentTitle && (
        <Text size="sm" c="dimmed" data-testid="task-document">
          {t("tasks.about", { title: document.documentTitle })}
        </Text>
      )}
      <TextInput
        label={t("tasks.title")}
        withAsterisk
        maxLength={200}
        data-autofocus
        data-testid="task-title"
        {...form.getInputProps("title")}
      />
      <Textarea
        label={t("tasks.note")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        {...form.getInputProps("note")}
      />
      <Group grow align="flex-start">
        <DayInput
          label={t("tasks.dueOn")}
          clearable
          value={form.values.dueOn}
          onChange={(dueOn) => form.setFieldValue("dueOn", dueOn)}
          data-testid="due-on"
        />
        <Select
          label={t("tasks.assignee")}
          data={(people?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          clearable
          {...form.getInputProps("assigneeId")}
          data-testid="assignee"
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t("tasks.project")}
          data={options("project")}
          clearable
          {...form.getInputProps("projectId")}
        />
        <Select
          label={t("tasks.category")}
          data={options("category")}
          clearable
          {...form.getInputProps("categoryId")}
        />
      </Group>
      <MultiSelect
        label={t("tasks.tags")}
        data={options("tag")}
        clearable
        {...form.getInputProps("tagIds")}
      />
      <TextInput label={t("tasks.customer")} maxLength={200} {...form.getInputProps("customer")} />
    </FormDialog>
  );
}
