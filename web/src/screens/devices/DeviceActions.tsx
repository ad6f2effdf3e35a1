import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { enrolmentCode, revokeDevice } from "@/api/access";
import { useIntent } from "@/api/intent";
import type { Device } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ShownOnce } from "@/parts/ShownOnce";

export function DeviceActions({ device }: { device: Device }) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const { name } = device;
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const code = useMutation({ mutationFn: enrolmentCode, onError });
  const revoke = useIntent(revokeDevice, {
    onSuccess: async () => {
      notifications.show({ message: t("devices.revoked", { name }) });
      await queryClient.invalidateQueries({ queryKey: ["devices"] });
    },
    onError,
  });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => code.mutate(device.id)}
        loading={code.isPending}
        data-testid="device-code"
      >
        {t("devices.code")}
      </Button>
      <ConfirmButton
        size="compact-xs"
        variant="default"
        title={t("devices.revokeTitle", { name })}
        text={t("devices.revokeText")}
        confirm={t("devices.revoke")}
        danger
        onConfirm={() => revoke.mutate(device.id)}
        loading={revoke.isPending}
        data-testid="revoke-device"
      >
        {t("devices.revoke")}
      </ConfirmButton>
      {code.data && (
        <ShownOnce
          title={t("devices.codeTitle", { name })}
          text={t("devices.codeText")}
          secret={code.data.code}
          onClose={() => code.reset()}
        />
      )}
    </Group>
  );
}
