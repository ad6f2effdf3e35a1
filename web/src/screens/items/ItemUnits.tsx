import { Autocomplete, Button, Group, NumberInput, Paper, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { itemQuery, removeItemUnit, setItemUnit } from "@/api/catalog";
import type { ItemDetail } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ProblemNote } from "@/parts/Notes";
import { useUndoNote } from "@/parts/useUndoNote";
import { useMay } from "@/session/company";
import { itemUnits } from "./kinds";

type Unit = ItemDetail["units"][number];

const blank = { code: "", denominator: 1, numerator: "" as number | "" };

/** In what else an item is counted; forms of stock take quantities in any of these. */
export function ItemUnits({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const mayWrite = useMay("catalog.item.write") && item.retiredAt === null;
  const queryClient = useQueryClient();
  const undoNote = useUndoNote();
  const [typed, setTyped] = useState(blank);
  const read = () => queryClient.invalidateQueries({ queryKey: itemQuery(item.id).queryKey });
  const save = useMutation({
    mutationFn: (unit: Unit) => setItemUnit({ id: item.id, ...unit }),
    onSuccess: async ({ code }) => {
      notifications.show({ message: t("items.unitSaved", { unit: words.unit(code), code: item.code }) });
      await read();
      setTyped(blank);
    },
  });
  const remove = useMutation({
    mutationFn: (unit: Unit) => removeItemUnit({ id: item.id, code: unit.code }),
    onSuccess: async (_, unit) => {
      undoNote(t("items.unitRemoved", { unit: words.unit(unit.code), code: item.code }), () =>
        save.mutate(unit),
      );
      await read();
    },
  });
  const { code, denominator, numerator } = typed;
  const whole = (value: number | string) => (typeof value === "number" ? value : "");
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5">
        {t("items.units")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("items.unitsText", { unit: words.unit(item.unit) })}
      </Text>
      <Stack gap="xs">
        {item.units.map((unit) => (
          <Group key={unit.code} gap="sm" data-testid={`unit-${unit.code}`}>
            <Text size="sm" w={260}>
              {format.quantity(`${unit.denominator}`)} {words.unit(unit.code)} ={" "}
              {format.quantity(`${unit.numerator}`)} {words.unit(item.unit)}
            </Text>
            {mayWrite && (
              <Button
                size="compact-sm"
                variant="default"
                loading={remove.isPending}
                onClick={() => remove.mutate(unit)}
                data-testid={`unit-${unit.code}-remove`}
              >
                {t("items.unitRemove")}
              </Button>
            )}
          </Group>
        ))}
        {mayWrite && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (code.trim() !== "" && numerator !== "")
                save.mutate({ code: code.trim(), denominator, numerator });
            }}
          >
            <Group gap="xs" align="center">
              <NumberInput
                aria-label={t("items.unitOf")}
                w={80}
                hideControls
                allowDecimal={false}
                min={1}
                max={1_000_000_000}
                value={denominator}
                onChange={(value) => setTyped({ ...typed, denominator: whole(value) || 1 })}
                data-testid="unit-denominator"
              />
              <Autocomplete
                aria-label={t("items.unitNew")}
                placeholder={t("items.unitNew")}
                data={itemUnits.filter((unit) => unit !== item.unit)}
                maxLength={12}
                w={150}
                value={code}
                onChange={(value) => setTyped({ ...typed, code: value })}
                data-testid="unit-code"
              />
              <Text size="sm">=</Text>
              <NumberInput
                aria-label={t("items.unitWorth", { unit: words.unit(item.unit) })}
                w={110}
                hideControls
                allowDecimal={false}
                min={1}
                max={1_000_000_000}
                value={numerator}
                onChange={(value) => setTyped({ ...typed, numerator: whole(value) })}
                data-testid="unit-numerator"
              />
              <Text size="sm" c="dimmed">
                {words.unit(item.unit)}
              </Text>
              <Button
                type="submit"
                variant="default"
                disabled={code.trim() === "" || numerator === ""}
                loading={save.isPending}
                data-testid="unit-save"
              >
                {t("items.unitAdd")}
              </Button>
            </Group>
          </form>
        )}
        <ProblemNote error={save.error ?? remove.error} />
      </Stack>
    </Paper>
  );
}
