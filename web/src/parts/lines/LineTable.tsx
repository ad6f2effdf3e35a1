import { Button, Group, Kbd, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { Icon } from "../icons";
import { LineRow } from "./LineRow";
import classes from "./LineTable.module.css";
import type { LineFault, LotsOf } from "./lines";
import type { Lines } from "./useLines";

type LineTableProps = {
  lines: Lines;
  lots?: LotsOf | undefined;
  warehouseId: string;
  faults: Record<string, LineFault>;
  shortages: readonly Shortage[];
};

/** The lines of a document: item, what is available, quantity; Enter in the last quantity adds a line. */
export function LineTable({
  lines: { lines, change, add, remove },
  lots,
  warehouseId,
  faults,
  shortages,
}: LineTableProps) {
  const { t } = useTranslation();
  const [added, setAdded] = useState(false);
  const addLine = () => {
    setAdded(true);
    add();
  };
  const enterAt = (index: number) => {
    const next = lines[index + 1];
    if (!next) addLine();
    else document.querySelector<HTMLElement>(`[data-testid="line-${index + 2}-item"]`)?.focus();
  };
  return (
    <Paper withBorder className={classes.frame}>
      <table className={classes.table} aria-label={t("lines.title")}>
        <thead>
          <tr>
            <th className={classes.number} scope="col">
              #
            </th>
            <th scope="col">{t("lines.item")}</th>
            <th scope="col" className={classes.available}>
              {t("lines.available")}
            </th>
            <th scope="col" className={classes.quantity}>
              {t("lines.quantity")}
            </th>
            <th scope="col" className={classes.unit}>
              {t("lines.unit")}
            </th>
            <td className={classes.number} />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <LineRow
              key={line.key}
              line={line}
              lots={lots}
              number={index + 1}
              warehouseId={warehouseId}
              fault={faults[line.key]}
              shortage={shortages.find(({ itemId }) => itemId === line.item?.id)}
              autoFocus={added && index === lines.length - 1}
              onChange={(changes) => change(line.key, changes)}
              onRemove={() => remove(line.key)}
              onEnter={() => enterAt(index)}
            />
          ))}
        </tbody>
      </table>
      <Group justify="space-between" p="xs">
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size={15} />}
          onClick={addLine}
          data-testid="add-line"
        >
          {t("lines.add")}
        </Button>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">Enter</Kbd> {t("lines.enterHint")}
        </Text>
      </Group>
    </Paper>
  );
}
