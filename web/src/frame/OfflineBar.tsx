import { Alert, Anchor, Text } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { forgetUnsaved, useUnsaved } from "@/api/unsaved";
import { useFormat } from "@/format/useFormat";
import { useLive } from "@/live/LiveProvider";
import { Icon } from "@/parts/icons";

/** Says since when there is no connection and what could not be saved; goes away when all is well again. */
export function OfflineBar() {
  const { t } = useTranslation();
  const format = useFormat();
  const { online } = useNetwork();
  const { state } = useLive();
  const unsaved = useUnsaved();
  const away = !online || state === "offline";
  const [since, setSince] = useState<string | null>(null);
  useEffect(() => setSince((before) => (away ? (before ?? new Date().toISOString()) : null)), [away]);
  if (!away && unsaved.length === 0) return null;
  return (
    <Alert
      color={away ? "yellow" : "blue"}
      icon={<Icon name="alert" />}
      mb="sm"
      py="xs"
      role="status"
      data-testid="offline"
      {...(!away && {
        withCloseButton: true,
        closeButtonLabel: t("common.close"),
        onClose: () => {
          for (const { path } of unsaved) forgetUnsaved(path);
        },
      })}
    >
      <Text size="sm" fw={600}>
        {away && since ? t("offline.since", { time: format.instant(since) }) : t("offline.back")}
      </Text>
      {away && <Text size="sm">{t("offline.text")}</Text>}
      {unsaved.map(({ screen, path, at }) => (
        <Text size="sm" key={path}>
          {t("offline.notSaved", { time: format.instant(at) })}{" "}
          <Anchor component={Link} to={path} inherit>
            {screen}
          </Anchor>
        </Text>
      ))}
    </Alert>
  );
}
