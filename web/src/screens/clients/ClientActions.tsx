import { Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { freshSecret, retireClient } from "@/api/access";
import { useIntent } from "@/api/intent";
import type { ApiClient } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ShownOnce } from "@/parts/ShownOnce";

export function ClientActions({ client }: { client: ApiClient }) {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const onError = (error: Error) => notifications.show({ color: "red", message: words.problem(error) });
  const secret = useMutation({ mutationFn: freshSecret, onError });
  const retire = useIntent(retireClient, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["clients"] }),
    onError,
  });
  const { name } = client;
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {!client.isPublic && (
        <ConfirmButton
          size="compact-xs"
          variant="default"
          title={t("clients.secretTitle", { name })}
          text={t("clients.secretText")}
          confirm={t("clients.secret")}
          onConfirm={() => secret.mutate(client.id)}
          loading={secret.isPending}
          data-testid="fresh-secret"
        >
          {t("clients.secret")}
        </ConfirmButton>
      )}
      <ConfirmButton
        size="compact-xs"
        variant="default"
        title={t("clients.retireTitle", { name })}
        text={t("clients.retireText")}
        confirm={t("clients.retire")}
        danger
        onConfirm={() => retire.mutate(client.id)}
        loading={retire.isPending}
        data-testid="retire-client"
      >
        {t("clients.retire")}
      </ConfirmButton>
      {secret.data && (
        <ShownOnce
          title={name}
          text={t("clients.secretNow")}
          secret={`client_id=${secret.data.clientId}\nclient_secret=${secret.data.clientSecret}`}
          onClose={() => secret.reset()}
        />
      )}
    </Group>
  );
}
