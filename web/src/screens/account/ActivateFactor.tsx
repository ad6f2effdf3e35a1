import { Button, Center, Code, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { activateSecondFactor } from "@/api/identity";
import { ProblemNote } from "@/parts/Notes";

type ActivateFactorProps = {
  secret: { key: string; picture: string };
  onActive: (codes: string[]) => void;
  onClose: () => void;
};

export function ActivateFactor({ secret, onActive, onClose }: ActivateFactorProps) {
  const { t } = useTranslation();
  const [digits, setDigits] = useState("");
  const activate = useMutation({
    mutationFn: activateSecondFactor,
    onSuccess: ({ recoveryCodes }) => onActive(recoveryCodes),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("account.factor")}
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          activate.mutate(digits.trim());
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t("account.scan")}</Text>
          <Center>
            <img
              src={`data:image/png;base64,${secret.picture}`}
              alt={t("account.picture")}
              width={200}
              height={200}
            />
          </Center>
          <Text size="sm">
            {t("account.key")}: <Code data-testid="factor-key">{secret.key}</Code>
          </Text>
          <TextInput
            label={t("account.digits")}
            value={digits}
            onChange={(event) => setDigits(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            data-autofocus
            data-testid="digits"
          />
          <ProblemNote error={activate.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              loading={activate.isPending}
              disabled={digits.trim().length < 6}
              data-testid="activate"
            >
              {t("account.activate")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
