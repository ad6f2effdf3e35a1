import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { countsQuery } from "@/api/work";
import { useMay } from "@/session/company";

/** How many documents wait for the reader; the live hub says when that has changed. */
export function InboxCount() {
  const { data } = useQuery({ ...countsQuery(), enabled: useMay("work.use") });
  if (!data || data.inbox === 0) return null;
  return (
    <Badge size="sm" variant="filled" px={6} me={6} data-testid="inbox-count">
      {data.inbox}
    </Badge>
  );
}
