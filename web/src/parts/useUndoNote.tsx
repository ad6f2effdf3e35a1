import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Says what was done, and offers the way back while it stands there. */
export function useUndoNote() {
  const { t } = useTranslation();
  return useCallback(
    (message: string, undo: () => void) => {
      const shown = notifications.show({
        autoClose: 12_000,
        message: (
          <Group justify="space-between" wrap="nowrap">
            {message}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                notifications.hide(shown);
                undo();
              }}
              data-testid="undo"
            >
              {t("common.undo")}
            </Button>
          </Group>
        ),
      });
    },
    [t],
  );
}
