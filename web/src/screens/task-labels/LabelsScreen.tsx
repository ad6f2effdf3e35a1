import { ActionIcon, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import {
  createLabel,
  type Label,
  type LabelKind,
  labelKinds,
  labelsQuery,
  renameLabel,
  retireLabel,
} from "@/api/work";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";

/** Projects, categories and tags: three short lists. */
export function Screen() {
  const { t } = useTranslation();
  const query = useQuery(labelsQuery());
  return (
    <Frame title={t("labels.title")} lead={t("labels.lead")}>
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isPending && <Loading rows={4} />}
      {query.data && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {labelKinds.map((kind) => (
            <LabelList key={kind} kind={kind} labels={query.data.items.filter((one) => one.kind === kind)} />
          ))}
        </SimpleGrid>
      )}
    </Frame>
  );
}

function LabelList({ kind, labels }: { kind: LabelKind; labels: Label[] }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["labels"] });
  const create = useIntent(createLabel, {
    onSuccess: () => {
      setName("");
      return refresh();
    },
  });
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") create.mutate({ kind, name: name.trim() });
  };
  return (
    <Paper withBorder p="md" data-testid={`labels-${kind}`}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t(`labels.${kind}`)}
        </Title>
        {labels.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("labels.none")}
          </Text>
        )}
        {labels.map((label) => (
          <LabelRow key={label.id} label={label} onChanged={refresh} />
        ))}
        <ProblemNote error={create.error} />
        <form onSubmit={add}>
          <Group gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t("labels.name")}
              placeholder={t("labels.name")}
              maxLength={60}
              flex={1}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-testid={`label-name-${kind}`}
            />
            <Button
              type="submit"
              variant="default"
              loading={create.isPending}
              data-testid={`label-add-${kind}`}
            >
              {t("labels.add")}
            </Button>
          </Group>
        </form>
      </Stack>
    </Paper>
  );
}

function LabelRow({ label, onChanged }: { label: Label; onChanged: () => Promise<void> }) {
  const { t } = useTranslation();
  const [name, setName] = useState<string | null>(null);
  const rename = useMutation({
    mutationFn: renameLabel,
    onSuccess: () => {
      setName(null);
      return onChanged();
    },
  });
  const retire = useIntent(retireLabel, {
    onSuccess: () => {
      notifications.show({ message: t("labels.removed", { name: label.name }) });
      return onChanged();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name?.trim()) rename.mutate({ id: label.id, name: name.trim() });
  };
  if (name !== null)
    return (
      <form onSubmit={save}>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("labels.rename")}
            flex={1}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={rename.error !== null}
            autoFocus
          />
          <ActionIcon type="submit" variant="default" size="lg" aria-label={t("common.save")}>
            <Icon name="check" size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t("common.cancel")}
            onClick={() => setName(null)}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </Group>
        <ProblemNote error={rename.error} />
      </form>
    );
  return (
    <Group justify="space-between" wrap="nowrap" data-testid={`label-${label.name}`}>
      <Text size="sm">{label.name}</Text>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="subtle" onClick={() => setName(label.name)}>
          {t("labels.rename")}
        </Button>
        <ConfirmButton
          size="compact-xs"
          variant="subtle"
          color="gray"
          title={t("labels.remove", { name: label.name })}
          text={t("labels.removeText")}
          confirm={t("approvalRules.retire")}
          onConfirm={() => retire.mutate(label.id)}
          loading={retire.isPending}
        >
          {t("approvalRules.retire")}
        </ConfirmButton>
      </Group>
    </Group>
  );
}
