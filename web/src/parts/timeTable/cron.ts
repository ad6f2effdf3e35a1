export const rhythms = ["minutes", "hour", "day", "workday", "week", "month", "own"] as const;
export type Rhythm = (typeof rhythms)[number];

/** When work comes back, as a person says it; what is not said so stays five fields of a crontab. */
export type TimeTable = {
  rhythm: Rhythm;
  /** Minutes between two times. */
  every: number;
  minute: number;
  /** As a clock shows it: 07:30. */
  time: string;
  /** From Sunday, which is 0. */
  weekday: number;
  dayOfMonth: number;
  cron: string;
};

const usual: Omit<TimeTable, "rhythm" | "cron"> = {
  every: 15,
  minute: 0,
  time: "06:00",
  weekday: 1,
  dayOfMonth: 1,
};

/** The steps that are even within the hour; others would be uneven around the full hour. */
export const steps = [1, 2, 5, 10, 15, 20, 30] as const;

export function readCron(cron: string): TimeTable {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.trim().split(/\s+/);
  const own: TimeTable = { ...usual, rhythm: "own", cron };
  if (month !== "*") return own;
  const step = minute === "*" ? 1 : whole(minute.replace(/^\*\//, ""), 59);
  if (step !== null && /^\*(\/\d+)?$/.test(minute) && steps.some((one) => one === step))
    return [hour, day, weekday].every((field) => field === "*")
      ? { ...own, rhythm: "minutes", every: step }
      : own;
  const at = whole(minute, 59);
  if (at === null) return own;
  if (hour === "*") return day === "*" && weekday === "*" ? { ...own, rhythm: "hour", minute: at } : own;
  const oclock = whole(hour, 23);
  if (oclock === null) return own;
  const timed = { ...own, time: `${two(oclock)}:${two(at)}` };
  if (day === "*" && weekday === "*") return { ...timed, rhythm: "day" };
  if (day === "*" && weekday === "1-5") return { ...timed, rhythm: "workday" };
  const on = whole(weekday, 7);
  if (day === "*" && on !== null) return { ...timed, rhythm: "week", weekday: on % 7 };
  const dayOfMonth = whole(day, 31);
  if (weekday === "*" && dayOfMonth !== null && dayOfMonth > 0)
    return { ...timed, rhythm: "month", dayOfMonth };
  return own;
}

export function writeCron(table: TimeTable): string {
  const [hour = "0", minute = "0"] = table.time.split(":").map((part) => part.replace(/^0(?=\d)/, ""));
  switch (table.rhythm) {
    case "minutes":
      return table.every === 1 ? "* * * * *" : `*/${table.every} * * * *`;
    case "hour":
      return `${table.minute} * * * *`;
    case "day":
      return `${minute} ${hour} * * *`;
    case "workday":
      return `${minute} ${hour} * * 1-5`;
    case "week":
      return `${minute} ${hour} * * ${table.weekday}`;
    case "month":
      return `${minute} ${hour} ${table.dayOfMonth} * *`;
    default:
      return table.cron;
  }
}

const two = (figure: number) => String(figure).padStart(2, "0");

function whole(text: string, most: number): number | null {
  const read = /^\d{1,2}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return read <= most ? read : null;
}
