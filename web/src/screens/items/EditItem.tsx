import { Button, Group, Paper, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeItem, itemNowQuery, itemQuery } from "@/api/catalog";
import { Problem } from "@/api/problem";
import type { ItemDetail, ItemTracking } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { type Difference, Overtaken } from "@/parts/documents/Overtaken";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";
import { ItemFields } from "./ItemFields";
import { useItemForm } from "./useItemForm";

type EditItemProps = { item: ItemDetail; onAnew: () => void };

/** Changes one item; what somebody else saved meanwhile is shown beside it, and never overwritten unseen. */
export function EditItem({ item, onAnew }: EditItemProps) {
  const { t } = useTranslation();
  const words = useWords();
  const mayWrite = useMay("catalog.item.write");
  const queryClient = useQueryClient();
  const { code, name, kind, unit } = item;
  const form = useItemForm({ code, name, kind, unit, tracking: item.tracking as ItemTracking });
  const [version, setVersion] = useState(item.version);
  const change = useMutation({
    mutationFn: changeItem,
    onSuccess: async (changed, sent) => {
      queryClient.setQueryData(itemQuery(item.id).queryKey, (old) => old && { ...old, ...changed });
      notifications.show({ message: t("items.saved", { code }) });
      // What was typed while it was being saved stays, and counts from what is saved now; who types on keeps the place.
      const { name: named, kind: wanted, unit: counted, tracking } = sent;
      const saved = { code, name: named, kind: wanted, unit: counted, tracking: tracking ?? "none" };
      setVersion(changed.version);
      form.setInitialValues(saved);
      const now = form.getValues();
      const typed = { ...now, name: now.name.trim(), unit: now.unit.trim() };
      if (JSON.stringify(typed) === JSON.stringify(saved)) form.setValues(saved);
      form.resetDirty(saved);
      await queryClient.invalidateQueries({ queryKey: ["items"] });
    },
  });
  const overtaken = change.error instanceof Problem && change.error.status === 412;
  const theirs = useQuery({ ...itemNowQuery(item.id), enabled: overtaken });
  const save = (against: number) => {
    const { name: named, kind: wanted, unit: counted, tracking } = form.values;
    change.mutate({
      id: item.id,
      version: against,
      name: named.trim(),
      kind: wanted,
      unit: counted.trim(),
      tracking,
    });
  };
  const differences = (other: ItemDetail): Difference[] =>
    [
      { label: t("items.name"), mine: form.values.name, theirs: other.name },
      { label: t("items.kind"), mine: words.kind(form.values.kind), theirs: words.kind(other.kind) },
      { label: t("items.unit"), mine: form.values.unit, theirs: other.unit },
      {
        label: t("items.tracking"),
        mine: words.tracking(form.values.tracking),
        theirs: words.tracking(other.tracking),
      },
    ].filter((one) => one.mine !== one.theirs);
  const readOnly = !mayWrite || item.retiredAt !== null;
  return (
    <form noValidate onSubmit={form.onSubmit(() => save(version))}>
      <UnsavedGuard when={!readOnly && form.isDirty()} />
      <Paper withBorder p="md">
        <Stack gap="md">
          <ItemFields form={form} readOnly={readOnly} />
          {overtaken ? (
            <Overtaken
              differences={theirs.data ? differences(theirs.data) : null}
              busy={change.isPending}
              onMine={() => theirs.data && save(theirs.data.version)}
              onTheirs={() => {
                if (theirs.data) queryClient.setQueryData(itemQuery(item.id).queryKey, theirs.data);
                onAnew();
              }}
            />
          ) : (
            <ProblemNote error={change.error} />
          )}
          {!readOnly && (
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
