import { Button, Group, Paper, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { createItem, itemQuery } from "@/api/catalog";
import { useIntent } from "@/api/intent";
import type { ItemTracking } from "@/api/types";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { ItemFields, type ItemValues } from "./ItemFields";
import { useItemForm } from "./useItemForm";

const emptyItem: ItemValues = { code: "", name: "", kind: "raw", unit: "pcs", tracking: "none" };

export function Screen() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const like = params.get("like");
  const query = useQuery({ ...itemQuery(like ?? ""), enabled: like !== null });
  return (
    <Frame title={t("items.new")} narrow>
      <ProblemNote error={query.error} />
      {like === null && <NewItem like={emptyItem} />}
      {query.data && (
        <NewItem like={{ ...query.data, code: "", tracking: query.data.tracking as ItemTracking }} />
      )}
    </Frame>
  );
}

function NewItem({ like }: { like: ItemValues }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { code, name, kind, unit, tracking } = like;
  const form = useItemForm({ code, name, kind, unit, tracking });
  const create = useIntent(createItem, {
    onSuccess: async (item) => {
      notifications.show({ message: t("items.created", { code: item.code }) });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
      navigate(`/items/${item.id}`, { state: { saved: true } });
    },
  });
  return (
    <>
      <UnsavedGuard when={form.isDirty()} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          create.mutate({
            ...values,
            code: values.code.trim(),
            name: values.name.trim(),
            unit: values.unit.trim(),
          }),
        )}
      >
        <Stack gap="md">
          <Paper withBorder p="md">
            <ItemFields form={form} isNew />
          </Paper>
          <ProblemNote error={create.error} />
          <Group gap="xs">
            <Button type="submit" loading={create.isPending} data-testid="submit">
              {t("items.create")}
            </Button>
            <Button component={Link} to="/items" variant="default">
              {t("common.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
