import { ActionIcon, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { useFormat } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { parseCondition } from "./condition";

/** A condition in words. */
export function Chip({ text, columns }: { text: string; columns: readonly ListColumn[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { column: name, how, values } = parseCondition(text);
  const column = columns.find((one) => one.name === name);
  const shown = (value: string) => {
    if (column?.kind === "flag") return value === "true" ? t("common.yes") : t("common.no");
    if (column?.kind === "date" || column?.kind === "instant") return format.date(value.slice(0, 10));
    if (column?.kind === "number") return format.quantity(value);
    return column?.choices.find((choice) => choice.value === value)?.title ?? value;
  };
  const between = how === "between" ? " – " : ", ";
  return (
    <Text size="xs" span>
      {column?.title ?? name}{" "}
      <Text size="xs" span c="dimmed">
        {t(`list.way.${how}` as "list.way.is")}
      </Text>{" "}
      {how !== "empty" && how !== "filled" && (
        <Text size="xs" span fw={600}>
          {values.map(shown).join(between)}
        </Text>
      )}
    </Text>
  );
}

type RemoveChipProps = { onClick: () => void; "data-testid": string };

export function RemoveChip({ onClick, "data-testid": testId }: RemoveChipProps) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="transparent"
      color="gray"
      size="sm"
      aria-label={t("list.removeFilter")}
      onClick={onClick}
      data-testid={testId}
    >
      <Icon name="close" size={12} />
    </ActionIcon>
  );
}
