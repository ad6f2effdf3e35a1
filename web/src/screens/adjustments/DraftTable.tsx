import { Button, Group, Kbd, Paper, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { Icon } from "@/parts/icons";
import classes from "@/parts/lines/LineTable.module.css";
import { DraftRow } from "./DraftRow";
import { type DraftFault, type DraftLine, emptyLine } from "./lines";
import { usePastedLines } from "./usePastedLines";

type DraftTableProps = {
  lines: DraftLine[];
  onChange: (lines: DraftLine[]) => void;
  faults: Record<string, DraftFault>;
  shortages: readonly Shortage[];
};

const focusLine = (number: number) =>
  document.querySelector<HTMLElement>(`[data-testid="line-${number}-item"]`)?.focus();

/** The lines of an adjustment: item, warehouse, what is there, the difference and its reason. */
export function DraftTable({ lines, onChange, faults, shortages }: DraftTableProps) {
  const { t } = useTranslation();
  const [added, setAdded] = useState(0);
  const paste = usePastedLines(lines, onChange);
  // A new line gets the keys once it is there.
  useEffect(() => {
    if (added > 0) focusLine(added);
  }, [added]);
  const add = () => {
    onChange([...lines, emptyLine(lines.at(-1)?.warehouseId)]);
    setAdded(lines.length + 1);
  };
  const enterAt = (index: number) => {
    if (index === lines.length - 1) add();
    else focusLine(index + 2);
  };
  return (
    <Paper withBorder className={classes.frame} onPaste={paste}>
      <table className={`${classes.table} ${classes.wide}`} aria-label={t("lines.title")}>
        <thead>
          <tr>
            <th className={classes.number} scope="col">
              #
            </th>
            <th scope="col" style={{ minWidth: 160 }}>
              {t("lines.item")}
            </th>
            <th scope="col">{t("lines.warehouse")}</th>
            <th scope="col" className={classes.available} style={{ width: 96 }}>
              {t("lines.available")}
            </th>
            <th scope="col" className={classes.quantity} style={{ width: 124 }}>
              {t("adjustments.difference")}
            </th>
            <th scope="col" className={classes.unit} style={{ width: 52 }}>
              {t("lines.unit")}
            </th>
            <th scope="col">{t("adjustments.reason")}</th>
            <td className={classes.number} />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <DraftRow
              key={line.key}
              line={line}
              number={index + 1}
              fault={faults[line.key]}
              shortage={shortages.find(
                ({ itemId, warehouseId }) => itemId === line.item?.id && warehouseId === line.warehouseId,
              )}
              onChange={(changes) =>
                onChange(lines.map((one) => (one.key === line.key ? { ...one, ...changes } : one)))
              }
              onRemove={() => {
                const left = lines.filter(({ key }) => key !== line.key);
                onChange(left.length > 0 ? left : [emptyLine()]);
              }}
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
          onClick={add}
          data-testid="add-line"
        >
          {t("lines.add")}
        </Button>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">Enter</Kbd> {t("lines.sheetHint")}
        </Text>
      </Group>
    </Paper>
  );
}
