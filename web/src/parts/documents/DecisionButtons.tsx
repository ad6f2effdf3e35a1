import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons";
import type { useDecision } from "./useDecision";

type DecisionButtonsProps = {
  title: string;
  documentId: string;
  approvalId: string;
  decide: ReturnType<typeof useDecision>;
  size?: "xs" | "sm";
};

/** Approve at once, or reject with a word why. */
export function DecisionButtons({
  title,
  documentId,
  approvalId,
  decide,
  size = "xs",
}: DecisionButtonsProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [comment, setComment] = useState("");
  const busy = decide.isPending && decide.variables.approvalId === approvalId;
  const send = (decision: "approve" | "reject") => {
    close();
    decide.mutate({ title, documentId, approvalId, decision, comment: comment.trim() });
  };
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Button
        size={size}
        variant={size === "xs" ? "light" : "filled"}
        leftSection={<Icon name="check" size={15} />}
        loading={busy}
        onClick={() => send("approve")}
        data-testid="approve"
      >
        {t("approval.approve")}
      </Button>
      <Button size={size} variant="default" disabled={busy} onClick={open} data-testid="reject">
        {t("approval.reject")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("approval.rejectTitle", { title })}
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Text size="sm" mb="sm">
          {t("approval.rejectText")}
        </Text>
        <TextInput
          label={t("approval.comment")}
          placeholder={t("approval.commentHint")}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={500}
          data-autofocus
          data-testid="reject-comment"
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button color="red" onClick={() => send("reject")} data-testid="confirm">
            {t("approval.reject")}
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}
