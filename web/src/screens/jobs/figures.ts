type Duration = { unit: "milliseconds" | "seconds" | "minutes" | "hours"; large: number; small: number };

/** The time between two instants in the two units that say enough of it. */
export function durationOf(from: string, through: string): Duration {
  const milliseconds = Math.max(0, Date.parse(through) - Date.parse(from));
  if (milliseconds < 1000) return { unit: "milliseconds", large: milliseconds, small: 0 };
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return { unit: "seconds", large: seconds, small: 0 };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { unit: "minutes", large: minutes, small: seconds % 60 };
  return { unit: "hours", large: Math.floor(minutes / 60), small: minutes % 60 };
}

/** What a job says at its end, such as {"mails": 3}; what is no plain value in it is left out. */
export function figuresOf(result: string | null): [name: string, value: string][] {
  const said: unknown = JSON.parse(result ?? "null");
  if (typeof said !== "object" || said === null) return [];
  return Object.entries(said).flatMap(([name, value]: [string, unknown]): [string, string][] =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
  );
}
