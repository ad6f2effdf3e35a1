import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { changeItem } from "@/api/catalog";
import type { Item } from "@/api/types";
import { useWords } from "@/i18n/useWords";
import type { Edits } from "@/parts/list/ListRow";
import { useUndoNote } from "@/parts/useUndoNote";

/** Name and unit of an item are changed in the list; what was there can be brought back. */
export function useItemEdits(may: boolean): Edits<Item> {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const undoNote = useUndoNote();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(() => {
    const write = async (row: Item, changes: Partial<Item>) => {
      const { id, version, name, kind, unit } = { ...row, ...changes };
      const changed = await changeItem({ id, version, name, kind, unit, tracking: null });
      await queryClient.invalidateQueries({ queryKey: ["items"] });
      return changed;
    };
    const save = (column: "name" | "unit") => async (row: Item, value: string) => {
      const changed = await write(row, { [column]: value });
      undoNote(t("items.saved", { code: row.code }), () => {
        write(row, { version: changed.version }).catch((refused: unknown) =>
          notifications.show({ color: "red", message: words.problem(refused) }),
        );
      });
    };
    const mayEdit = (row: Item) => may && row.retiredAt === null;
    return { name: { may: mayEdit, save: save("name") }, unit: { may: mayEdit, save: save("unit") } };
  }, [may, t, queryClient, undoNote]);
}
