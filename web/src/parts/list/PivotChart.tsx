import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { addDecimals, compareDecimals, formatDecimal, percentOf } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import classes from "./PivotChart.module.css";
import { type Key, type Pivot, sizeOf } from "./pivot";

type PivotChartProps = {
  pivot: Pivot;
  label: string;
  rowTitle: (key: Key) => string;
  columnTitle: (key: Key) => string;
};

const mostRows = 15;
/** Shades of the one accent; what comes behind them is drawn together. */
const shades = 6;

/** A bar for each row, parted by the columns. What is below zero is hollow. The table beside it says the same in figures. */
export function PivotChart({ pivot, label, rowTitle, columnTitle }: PivotChartProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shown = pivot.columns.slice(0, shades);
  const bars = pivot.rows.slice(0, mostRows).map(({ key, total }) => {
    const parts = shown.map((column, at) => ({ at, title: column.key, value: pivot.cell(key, column.key) }));
    return { key, total, parts, size: addDecimals(parts.map(({ value }) => sizeOf(value || "0"))) };
  });
  const longest = bars.reduce((most, { size }) => (compareDecimals(size, most) > 0 ? size : most), "0");
  const hollow = bars.some(({ parts }) => parts.some(({ value }) => value.startsWith("-")));
  return (
    <figure className={classes.chart} aria-label={label} data-testid="pivot-chart">
      <Group gap="sm" mb="xs">
        {shown.map(({ key }, at) => (
          <Group key={key} gap={6} wrap="nowrap">
            <span className={classes.mark} data-shade={at} />
            <Text size="xs">{columnTitle(key)}</Text>
          </Group>
        ))}
      </Group>
      {bars.map(({ key, total, parts }) => (
        <div key={key} className={classes.row}>
          <Text size="xs" truncate>
            {rowTitle(key)}
          </Text>
          <div className={classes.bar}>
            {parts.map(({ at, title, value }) => (
              <span
                key={title}
                className={classes.part}
                data-shade={at}
                data-hollow={value.startsWith("-")}
                style={{ width: `${percentOf(value || "0", longest)}%` }}
                title={`${columnTitle(title)}: ${formatDecimal(value || "0", locale)}`}
              />
            ))}
          </div>
          <Text size="xs" className={classes.figure}>
            {formatDecimal(total, locale)}
          </Text>
        </div>
      ))}
      <Text size="xs" c="dimmed" mt="xs">
        {[
          pivot.rows.length > mostRows && t("list.largestBars", { count: mostRows }),
          pivot.columns.length > shades && t("list.moreParts", { count: pivot.columns.length - shades }),
          hollow && t("list.hollow"),
        ]
          .filter(Boolean)
          .join(" ")}
      </Text>
    </figure>
  );
}
