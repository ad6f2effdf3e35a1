import { Button, Group, Modal, MultiSelect, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { type Label, peopleQuery, saveTask, type Task } from "@/api/work";
import { DayInput } from "@/parts/DayInput";
import { ProblemNote } from "@/parts/Notes";

type TaskFormProps = { task: Task | null; labels: Label[]; onDone: () => void };

/** Creates a task or changes one. */
export function TaskForm({ task, labels, onDone }: TaskFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: people } = useQuery(peopleQuery());
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
        documentType: task?.documentType ?? null,
        documentId: task?.documentId ?? null,
      },
    }),
  );
  return (
    <Modal
      opened
      onClose={onDone}
      size="lg"
      title={task ? t("tasks.edit") : t("tasks.new")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={send} noValidate data-testid="task-form">
        <Stack gap="sm">
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
          <ProblemNote error={save.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onDone}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} data-testid="task-save">
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
