import {
  ActionIcon,
  Box,
  Button,
  CloseButton,
  Group,
  Indicator,
  Popover,
  ScrollArea,
  Stack,
  Text,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useIntent } from "@/api/intent";
import { countsQuery, type Notification, notificationsQuery, readNotifications } from "@/api/work";
import { useFormat } from "@/format/useFormat";
import { linkOf } from "@/parts/documents/links";
import { Icon } from "@/parts/icons";
import { Empty } from "@/parts/Notes";
import { useMay } from "@/session/company";

/** What the reader was told; the number of unread ones follows by itself. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const mayUse = useMay("work.use");
  const { data: counts } = useQuery({ ...countsQuery(), enabled: mayUse });
  if (!mayUse) return null;
  const unread = counts?.unread ?? 0;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Indicator disabled={unread === 0} label={unread > 99 ? "99+" : unread} size={16} offset={4}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => setOpened((now) => !now)}
            aria-label={unread === 0 ? t("bell.title") : t("bell.unread", { count: unread })}
            data-testid="bell"
            data-unread={unread}
          >
            <Icon name="bell" />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>{opened && <Told onLeave={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function Told({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data } = useQuery(notificationsQuery());
  const read = useIntent(readNotifications, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["notifications"] }),
  });
  const unread = data?.items.filter(({ readAt }) => readAt === null) ?? [];
  const open = (one: Notification) => {
    if (one.readAt === null) read.mutate([one.id]);
    onLeave();
    navigate(linkOf(one.subjectType, one.subjectId));
  };
  return (
    <>
      <Group justify="space-between" p="xs" ps="md">
        <Text fw={600} flex={1}>
          {t("bell.title")}
        </Text>
        {unread.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => read.mutate(unread.map(({ id }) => id))}
            data-testid="read-all"
          >
            {t("bell.readAll")}
          </Button>
        )}
        <CloseButton size="sm" aria-label={t("common.close")} onClick={onLeave} />
      </Group>
      <ScrollArea.Autosize mah={420} type="auto">
        {data?.items.length === 0 && <Empty icon="bell" title={t("bell.empty")} />}
        <Stack gap={0} pb="xs">
          {data?.items.map((one) => (
            <ToldRow key={one.id} one={one} onOpen={() => open(one)} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </>
  );
}

function ToldRow({ one, onOpen }: { one: Notification; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = one.kind as "asked" | "escalated" | "approved" | "rejected" | "mention" | "comment" | "task";
  return (
    <Box
      component="button"
      type="button"
      onClick={onOpen}
      data-testid={`notification-${one.kind}`}
      style={{
        padding: "8px 16px",
        textAlign: "left",
        cursor: "pointer",
        border: 0,
        color: "inherit",
        background: one.readAt === null ? "var(--mantine-primary-color-light)" : "transparent",
      }}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={one.readAt === null ? 600 : 400}>
          {t(`bell.${kind}`, { name: one.actorName })}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {format.instant(one.at)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {one.title}
        {one.text && ` · ${one.text}`}
      </Text>
    </Box>
  );
}
