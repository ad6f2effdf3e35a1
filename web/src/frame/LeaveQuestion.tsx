import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type BlockerFunction, useBlocker } from "react-router";
import { hasUnsaved } from "@/parts/documents/UnsavedGuard";

// The router knows one blocker only, so it is asked once, here, for all forms; and from the start, for it hears of a new
// one too late for a click that follows the first letter.
const isAsked: BlockerFunction = ({ currentLocation, nextLocation }) =>
  hasUnsaved() &&
  currentLocation.pathname !== nextLocation.pathname &&
  (nextLocation.state as { saved?: boolean } | null)?.saved !== true;

/** Leaving a screen with something unsaved asks first, unless it goes on to what was just saved. */
export function LeaveQuestion() {
  const { t } = useTranslation();
  const blocker = useBlocker(isAsked);
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
