import { Button, CopyButton, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

type ShownOnceProps = { title: string; text: string; secret: string; onClose: () => void };

/** Something secret that is shown now and never again, with a button to copy it. */
export function ShownOnce({ title, text, secret, onClose }: ShownOnceProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{text}</Text>
        <Textarea
          value={secret}
          readOnly
          autosize
          aria-label={title}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          data-testid="shown-once"
        />
        <Group justify="flex-end" gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t("common.copied") : t("common.copy")}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t("common.close")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
