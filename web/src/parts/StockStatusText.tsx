import { Badge } from "@mantine/core";
import { useWords } from "@/i18n/useWords";

const colours = { quality: "yellow", blocked: "red", transit: "blue" } as Record<string, string>;

/** What may be done with goods: the free ones in plain words, the others so that they are seen. */
export function StockStatusText({ status }: { status: string }) {
  const words = useWords();
  return status === "available" ? (
    words.status(status)
  ) : (
    <Badge color={colours[status] ?? "gray"}>{words.status(status)}</Badge>
  );
}
