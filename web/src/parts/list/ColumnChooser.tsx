import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { Icon } from "@/parts/icons";

type ColumnChooserProps = {
  columns: readonly ListColumn[];
  shown: readonly ListColumn[];
  onChange: (columns: string[] | null) => void;
};

/** Which columns are shown, and in which order. */
export function ColumnChooser({ columns, shown, onChange }: ColumnChooserProps) {
  const { t } = useTranslation();
  const names = shown.map((column) => column.name);
  const others = columns.filter((column) => !names.includes(column.name) && column.kind !== "id");
  const toggle = (name: string) =>
    onChange(names.includes(name) ? names.filter((one) => one !== name) : [...names, name]);
  const lift = (at: number) => {
    const next = [...names];
    next.splice(at - 1, 2, names[at] as string, names[at - 1] as string);
    onChange(next);
  };
  return (
    <Popover position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="columns" size={14} />}
          data-testid="columns"
        >
          {t("list.columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6} mah={420} style={{ overflowY: "auto" }}>
          {[...shown, ...others].map((column, at) => (
            <Group key={column.name} justify="space-between" wrap="nowrap">
              <Checkbox
                size="xs"
                label={column.title}
                checked={names.includes(column.name)}
                disabled={names.length === 1 && names[0] === column.name}
                onChange={() => toggle(column.name)}
                data-testid={`column-${column.name}`}
              />
              {at > 0 && at < names.length && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t("list.lift", { column: column.title })}
                  onClick={() => lift(at)}
                >
                  ↑
                </ActionIcon>
              )}
            </Group>
          ))}
          <Button variant="subtle" size="compact-xs" onClick={() => onChange(null)}>
            {t("list.usualColumns")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
