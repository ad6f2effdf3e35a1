import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { auditExportPath } from "@/api/history";
import { todayIn } from "@/format/date";
import { Icon } from "@/parts/icons";
import { useCompany, useMay } from "@/session/company";

const yearsBack = 10;

/** A fiscal year of the audit as a file, for whoever checks the books. */
export function ExportYear() {
  const { t } = useTranslation();
  const company = useCompany();
  const [opened, { open, close }] = useDisclosure(false);
  const thisYear = Number(todayIn(company.timeZone).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  if (!useMay("kernel.audit.export")) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="receive" size={16} />}
        onClick={open}
        data-testid="export-audit"
      >
        {t("audit.export")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("audit.exportTitle")}
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack gap="sm">
          <Text size="sm">{t("audit.exportText", { company: company.name })}</Text>
          <Select
            label={t("audit.year")}
            data={Array.from({ length: yearsBack }, (_, back) => String(thisYear - back))}
            value={String(year)}
            onChange={(picked) => picked && setYear(Number(picked))}
            allowDeselect={false}
            data-testid="export-year"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button
              component="a"
              href={auditExportPath(company.id, year)}
              download
              onClick={close}
              data-testid="download-audit"
            >
              {t("audit.download")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
