/** A file's size as a person says it: "480 kB", "2.4 MB". */
export function shownSize(bytes: number, number: (value: string) => string): string {
  if (bytes < 1000) return `${bytes} B`;
  const [tenths, unit] = bytes < 1_000_000 ? [bytes / 100, "kB"] : [bytes / 100_000, "MB"];
  const rounded = Math.max(1, Math.round(tenths));
  return `${number(`${Math.floor(rounded / 10)}.${rounded % 10}`)} ${unit}`;
}
