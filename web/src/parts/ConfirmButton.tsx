import { Button, type ButtonProps, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type ConfirmButtonProps = ButtonProps & {
  title: string;
  text: string;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  children: ReactNode;
  "aria-label"?: string;
  "data-testid"?: string;
};

/** A button whose work begins only after a second, explicit yes. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { title, text, confirm, danger = false, onConfirm, children, ...button } = props;
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const agree = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button {...button} onClick={open}>
        {children}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={title}
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Text size="sm">{text}</Text>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button color={danger ? "red" : undefined} onClick={agree} data-autofocus data-testid="confirm">
            {confirm}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
