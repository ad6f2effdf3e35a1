import { Button, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { exportAddress, type ListName, type ListQuery } from "@/api/lists";
import { useLocale } from "@/format/useFormat";
import { Icon } from "@/parts/icons";

type ExportButtonProps = { list: ListName; query: ListQuery; columns: readonly string[] };

/** All matches as a file, with the columns that are shown. */
export function ExportButton({ list, query, columns }: ExportButtonProps) {
  const { t } = useTranslation();
  const language = useLocale();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="export" size={14} />}
          data-testid="export"
        >
          {t("list.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["xlsx", "csv"] as const).map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={exportAddress(list, query, { format, columns, language })}
            download
            data-testid={`export-${format}`}
          >
            {t(`list.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
