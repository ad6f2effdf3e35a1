import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/work";
import { todayIn } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { useCompany } from "@/session/company";

/** Until when; red where that day has gone by. */
export function DueOn({ task }: { task: Task }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = todayIn(useCompany().timeZone);
  if (!task.dueOn) return null;
  const overdue = task.doneAt === null && task.dueOn < today;
  return (
    <Text span inherit c={overdue ? "red" : undefined}>
      {format.date(task.dueOn)}
      {overdue && ` · ${t("tasks.overdue")}`}
    </Text>
  );
}
