import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeItem, itemQuery } from "@/api/catalog";
import { Problem } from "@/api/problem";
import type { ItemDetail } from "@/api/types";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { Icon } from "@/parts/icons";
import { ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";
import { ItemFields } from "./ItemFields";
import { useItemForm } from "./useItemForm";

/** Changes one item; a version that somebody else has changed meanwhile is never overwritten. */
export function EditItem({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const mayWrite = useMay("catalog.item.write");
  const queryClient = useQueryClient();
  const { code, name, kind, unit } = item;
  const form = useItemForm({ code, name, kind, unit });
  const change = useMutation({
    mutationFn: changeItem,
    onSuccess: async (changed) => {
      queryClient.setQueryData(itemQuery(item.id).queryKey, (old) => old && { ...old, ...changed });
      notifications.show({ message: t("items.saved", { code }) });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
    },
  });
  const overtaken = change.error instanceof Problem && change.error.status === 412;
  const reload = async () => {
    await queryClient.refetchQueries({ queryKey: itemQuery(item.id).queryKey });
    change.reset();
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        change.mutate({
          id: item.id,
          version: item.version,
          name: values.name.trim(),
          kind: values.kind,
          unit: values.unit.trim(),
        }),
      )}
    >
      <UnsavedGuard when={form.isDirty()} />
      <Paper withBorder p="md">
        <Stack gap="md">
          <ItemFields form={form} readOnly={!mayWrite || item.retiredAt !== null} />
          {overtaken ? (
            <Alert color="yellow" icon={<Icon name="alert" />} role="alert" data-testid="overtaken">
              <Text size="sm" mb="xs">
                {t("items.overtaken")}
              </Text>
              <Button size="xs" variant="default" onClick={() => void reload()} data-testid="reload">
                {t("common.reload")}
              </Button>
            </Alert>
          ) : (
            <ProblemNote error={change.error} />
          )}
          {mayWrite && item.retiredAt === null && (
            <Group>
              <Button
                type="submit"
                loading={change.isPending}
                disabled={!form.isDirty()}
                data-testid="submit"
              >
                {t("common.save")}
              </Button>
            </Group>
          )}
        </Stack>
      </Paper>
    </form>
  );
}
