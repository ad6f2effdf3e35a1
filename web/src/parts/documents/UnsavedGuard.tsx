import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

/** Nobody loses what they typed by a click beside it: leaving asks first, unless it goes on to what was just saved. */
export function UnsavedGuard({ when }: { when: boolean }) {
  return when ? <Guard /> : null;
}

function Guard() {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname &&
      (nextLocation.state as { saved?: boolean } | null)?.saved !== true,
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("unsaved.title")}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Text size="sm">{t("unsaved.text")}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => blocker.proceed?.()} data-testid="leave">
          {t("unsaved.leave")}
        </Button>
        <Button onClick={() => blocker.reset?.()} data-autofocus data-testid="stay">
          {t("unsaved.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
