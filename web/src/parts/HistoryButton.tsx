import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { HistoryList, type HistoryOf } from "./History";
import { Icon } from "./icons";

/** The history of a row of a list, over the page. */
export function HistoryButton({ name, ...of }: HistoryOf & { name: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Tooltip label={t("history.open")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          onClick={open}
          aria-label={t("history.of", { name })}
          data-testid="show-history"
        >
          <Icon name="history" size={16} />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={close}
        title={t("history.of", { name })}
        size="lg"
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {opened && <HistoryList {...of} />}
      </Modal>
    </>
  );
}
