import { Button, Group, Paper } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { Icon } from "@/parts/icons";
import classes from "@/parts/lines/LineTable.module.css";
import { DraftRow } from "./DraftRow";
import { type DraftFault, type DraftLine, emptyLine } from "./lines";

type DraftTableProps = {
  lines: DraftLine[];
  onChange: (lines: DraftLine[]) => void;
  faults: Record<string, DraftFault>;
  shortages: readonly Shortage[];
};

/** The lines of an adjustment: item, warehouse, what is there, the difference and its reason. */
export function DraftTable({ lines, onChange, faults, shortages }: DraftTableProps) {
  const { t } = useTranslation();
  const add = () => onChange([...lines, emptyLine(lines.at(-1)?.warehouseId)]);
  return (
    <Paper withBorder className={classes.frame}>
      <table className={classes.table} style={{ minWidth: 730 }} aria-label={t("lines.title")}>
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
              onEnter={() => index === lines.length - 1 && add()}
            />
          ))}
        </tbody>
      </table>
      <Group p="xs">
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size={15} />}
          onClick={add}
          data-testid="add-line"
        >
          {t("lines.add")}
        </Button>
      </Group>
    </Paper>
  );
}
