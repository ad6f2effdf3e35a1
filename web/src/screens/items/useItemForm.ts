import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { ItemValues } from "./ItemFields";

export function useItemForm(initialValues: ItemValues) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  return useForm<ItemValues>({
    initialValues,
    validate: { code: needed, name: needed, kind: needed, unit: needed },
  });
}
