import { Text } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, useState } from "react";
import { percentOf } from "@/format/decimal";
import classes from "./StepChart.module.css";
import { stepsOf } from "./steps";

export type StepPoint = { date: string; value: string };

type StepChartProps = {
  label: string;
  from: string;
  to: string;
  opening: string;
  points: readonly StepPoint[];
  /** What is said of the day that is pointed at. */
  say: (point: StepPoint) => string;
  onOpen: (point: StepPoint) => void;
  /** How the highest value is written. */
  top: (most: string) => string;
  testId: string;
};

const [width, height] = [1000, 220];

/**
 * A value that stays until it changes, day by day. Of our own because the libraries for this are larger than a whole screen may
 * be (decision 2); it draws one line and its days, and nothing else.
 */
export function StepChart({ label, from, to, opening, points, say, onOpen, top, testId }: StepChartProps) {
  const [at, setAt] = useState<number | null>(null);
  const { days, most, xOf } = stepsOf(from, to, opening, points);
  const y = (value: string) => height - (height * percentOf(value, most)) / 100;
  const x = (date: string) => (xOf(date) * width) / days;
  const line = points.reduce(
    (path, point) => `${path}H${x(point.date).toFixed(1)}V${y(point.value).toFixed(1)}`,
    `M0 ${y(opening).toFixed(1)}`,
  );
  const drawn = `${line}H${width}`;
  const onKey = ({ key }: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step !== undefined) setAt(Math.max(0, Math.min(points.length - 1, (at ?? points.length - 1) + step)));
    if (key === "Enter" && shown) onOpen(shown);
  };
  const onMove = ({ clientX, currentTarget }: MouseEvent) => {
    const { left, width: wide } = currentTarget.getBoundingClientRect();
    const under = ((clientX - left) / Math.max(1, wide)) * width;
    const found = points.findLastIndex(({ date }) => x(date) <= under);
    setAt(found < 0 ? null : found);
  };
  const shown = at === null ? undefined : points[at];
  const after = at === null ? undefined : points[at + 1];
  const end = after ? x(after.date) : width;
  return (
    <figure className={classes.chart} aria-label={label} data-testid={testId}>
      <Text size="xs" c="dimmed" className={classes.top}>
        {top(most)}
      </Text>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={points.length - 1}
        aria-valuenow={at ?? points.length - 1}
        aria-valuetext={say(points[at ?? points.length - 1] ?? { date: to, value: opening })}
        onKeyDown={onKey}
        onMouseMove={onMove}
        onClick={() => shown && onOpen(shown)}
        className={classes.days}
        onMouseLeave={() => setAt(null)}
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className={classes.canvas}
          aria-hidden
        >
          <path d={`${drawn}V${height}H0Z`} className={classes.area} />
          <path d={drawn} className={classes.line} vectorEffect="non-scaling-stroke" />
          {shown && (
            <rect
              x={x(shown.date)}
              y={0}
              width={end - x(shown.date)}
              height={height}
              className={classes.day}
            />
          )}
        </svg>
      </div>
      <Text size="xs" c="dimmed" mih={20} aria-hidden>
        {shown ? say(shown) : ""}
      </Text>
    </figure>
  );
}
