import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { itemQuery, makeVariants, variantsQuery } from "@/api/catalog";
import { useIntent } from "@/api/intent";
import type { ItemDetail } from "@/api/types";
import { listOf } from "@/parts/list/condition";
import { ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";

const blank = { name: "", values: "" };

const listed = (values: string) => [
  ...new Set(
    values
      .split(",")
      .map((value) => value.trim())
      .filter((value) => value !== ""),
  ),
];

/** The items in which this one differs by colour, size and so on; or which item it is a variant of. */
export function ItemVariants({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const mayWrite = useMay("catalog.item.write");
  const { data } = useQuery({ ...variantsQuery(item.id), enabled: item.variantOf === null });
  const base = useQuery({ ...itemQuery(item.variantOf ?? ""), enabled: item.variantOf !== null });
  const variants = data?.items ?? [];
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5">
        {t("items.variants")}
      </Title>
      {item.variantOf !== null ? (
        <Text size="sm">
          {t("items.variantOf", { variant: item.variant })}{" "}
          <Anchor component={Link} to={`/items/${item.variantOf}`} inherit fw={600} data-testid="variant-of">
            {base.data?.code ?? "…"}
          </Anchor>
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {t("items.variantsText")}
          </Text>
          <Stack gap={4} mb={variants.length > 0 ? "sm" : 0}>
            {variants.map((one) => (
              <Text key={one.id} size="sm" data-testid={`variant-${one.code}`}>
                <Anchor component={Link} to={`/items/${one.id}`} inherit fw={600}>
                  {one.code}
                </Anchor>{" "}
                · {one.variant}
              </Text>
            ))}
            {data?.next && (
              <Anchor component={Link} to={listOf("/items", { variantOf: item.id })} size="sm">
                {t("items.variantsAll")}
              </Anchor>
            )}
          </Stack>
          {mayWrite && item.retiredAt === null && <NewVariants item={item} />}
        </>
      )}
    </Paper>
  );
}

function NewVariants({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [attributes, setAttributes] = useState([blank, blank]);
  const making = useIntent(makeVariants, {
    onSuccess: async ({ made, asked }) => {
      notifications.show({ message: t("items.variantsMade", { count: made, asked }) });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
      setAttributes([blank, blank]);
    },
  });
  const filled = attributes
    .map(({ name, values }) => ({ name: name.trim(), values: listed(values) }))
    .filter(({ name, values }) => name !== "" && values.length > 0);
  const count = filled.length === 0 ? 0 : filled.reduce((all, { values }) => all * values.length, 1);
  const change = (at: number, changes: Partial<typeof blank>) =>
    setAttributes((old) => old.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (count > 0) making.mutate({ id: item.id, attributes: filled });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {attributes.map(({ name, values }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows that never change places
          <Group key={at} gap="xs" align="flex-end">
            <TextInput
              label={at === 0 ? t("items.attribute") : undefined}
              aria-label={t("items.attribute")}
              placeholder={t(at === 0 ? "items.attributeHint" : "items.attributeOther")}
              maxLength={30}
              w={160}
              value={name}
              onChange={(event) => change(at, { name: event.currentTarget.value })}
              data-testid={`attribute-${at + 1}`}
            />
            <TextInput
              label={at === 0 ? t("items.attributeValues") : undefined}
              aria-label={t("items.attributeValues")}
              placeholder={t(at === 0 ? "items.attributeValuesHint" : "items.attributeOther")}
              flex={1}
              miw={200}
              value={values}
              onChange={(event) => change(at, { values: event.currentTarget.value })}
              data-testid={`attribute-${at + 1}-values`}
            />
          </Group>
        ))}
        <Group>
          <Button
            type="submit"
            variant="default"
            disabled={count === 0}
            loading={making.isPending}
            data-testid="variants-make"
          >
            {count === 0 ? t("items.variantsMake") : t("items.variantsMakeCount", { count })}
          </Button>
        </Group>
        <ProblemNote error={making.error} />
      </Stack>
    </form>
  );
}
