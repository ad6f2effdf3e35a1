import { Button, Group, Paper, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { createItem } from "@/api/catalog";
import { useIntent } from "@/api/intent";
import { ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { ItemFields } from "./ItemFields";
import { useItemForm } from "./useItemForm";

export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useItemForm({ code: "", name: "", kind: "raw", unit: "pcs" });
  const create = useIntent(createItem, {
    onSuccess: async (item) => {
      notifications.show({ message: t("items.created", { code: item.code }) });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
      navigate(`/items/${item.id}`);
    },
  });
  return (
    <Frame title={t("items.new")} narrow>
      <form
        noValidate
        onSubmit={form.onSubmit(({ code, name, kind, unit }) =>
          create.mutate({ code: code.trim(), name: name.trim(), kind, unit: unit.trim() }),
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
    </Frame>
  );
}
