import { Button, Group, Modal, type ModalProps, Stack } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "./Notes";

type FormDialogProps = {
  title: string;
  opened: boolean;
  onClose: () => void;
  onSubmit: FormEventHandler<HTMLFormElement>;
  error: unknown;
  submit: string;
  busy: boolean;
  size?: ModalProps["size"];
  children: ReactNode;
  /** Another way, on the other side: to delete what is open. */
  extra?: ReactNode;
  /** Of the button that submits. */
  "data-testid": string;
};

/** A form over the page: its fields, what went wrong, one way on and one way out. */
export function FormDialog({
  title,
  opened,
  onClose,
  onSubmit,
  error,
  submit,
  busy,
  size,
  extra,
  children,
  "data-testid": testId,
}: FormDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      size={size}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form noValidate onSubmit={onSubmit}>
        <Stack gap="sm">
          {children}
          <ProblemNote error={error} />
          <Group justify="flex-end" gap="xs">
            {extra && <div style={{ marginRight: "auto" }}>{extra}</div>}
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={busy} data-testid={testId}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
