import { Badge } from "@mantine/core";
import { useWords } from "@/i18n/useWords";

const colours = { quality: "yellow", blocked: "red", transit: "blue" } as Record<string, string>;

type StockStatusTextProps = { status: string; owner?: string | null };

/** What may be done with goods: the free ones in plain words, the others so that they are seen, with whose they are. */
export function StockStatusText({ status, owner = null }: StockStatusTextProps) {
  const words = useWords();
  if (owner !== null) return `${owner}: ${words.status(status)}`;
  return status === "available" ? (
    words.status(status)
  ) : (
    <Badge color={colours[status] ?? "gray"}>{words.status(status)}</Badge>
  );
}
