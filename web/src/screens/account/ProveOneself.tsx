import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "@/parts/Notes";

type ProveOneselfProps = {
  pending: boolean;
  error: unknown;
  onProven: (password: string) => void;
  onClose: () => void;
};

export function ProveOneself({ pending, error, onProven, onClose }: ProveOneselfProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("account.prove")}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "") onProven(password);
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t("account.current")}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
            data-autofocus
            data-testid="proof"
          />
          <ProblemNote error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={pending} disabled={password === ""} data-testid="go-on">
              {t("account.goOn")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
