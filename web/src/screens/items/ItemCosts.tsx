import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { itemQuery, setItemCost } from "@/api/catalog";
import type { Company, ItemDetail } from "@/api/types";
import { formatDecimal, parseDecimal } from "@/format/decimal";
import { useFormat, useLocale } from "@/format/useFormat";
import { DecimalInput } from "@/parts/DecimalInput";
import { ProblemNote } from "@/parts/Notes";
import { useMay, useSession } from "@/session/company";

/** What one unit costs, per company: receipts and issues are valued with it. */
export function ItemCosts({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const { companies } = useSession();
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5">
        {t("items.costs")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("items.costsText")}
      </Text>
      <Stack gap="xs">
        {companies.map((company) => (
          <CompanyCost
            key={company.id}
            item={item}
            company={company}
            unitCost={item.costs.find(({ companyId }) => companyId === company.id)?.unitCost ?? ""}
          />
        ))}
      </Stack>
    </Paper>
  );
}

function CompanyCost({ item, company, unitCost }: { item: ItemDetail; company: Company; unitCost: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useLocale();
  const mayWrite = useMay("catalog.cost.write");
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [faulty, setFaulty] = useState(false);
  const save = useMutation({
    mutationFn: setItemCost,
    onSuccess: async () => {
      notifications.show({ message: t("items.costSaved", { code: item.code, company: company.code }) });
      await queryClient.invalidateQueries({ queryKey: itemQuery(item.id).queryKey });
      setTyped(null);
    },
  });
  const saved = unitCost === "" ? "" : formatDecimal(unitCost, locale, 2);
  const value = typed ?? saved;
  const submit = () => {
    const parsed = parseDecimal(value, locale);
    const wrong = parsed === null || parsed.startsWith("-");
    setFaulty(wrong);
    if (!wrong) save.mutate({ id: item.id, companyId: company.id, unitCost: parsed });
  };
  if (!mayWrite)
    return (
      <Text size="sm">
        {company.code} · {company.name}: {unitCost === "" ? t("items.noCost") : format.money(unitCost)}{" "}
        {company.currency}
      </Text>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group gap="sm" align="flex-start">
        <Text size="sm" w={260} lh="36px">
          {company.code} · {company.name}
        </Text>
        <DecimalInput
          aria-label={t("items.costOf", { company: company.name })}
          placeholder={t("items.noCost")}
          value={value}
          onChange={setTyped}
          error={faulty && t("lines.quantityFault.number")}
          w={150}
          data-testid={`cost-${company.code}`}
        />
        <Text size="sm" c="dimmed" lh="36px" w={42}>
          {company.currency}
        </Text>
        <Button
          type="submit"
          variant="default"
          disabled={value === saved}
          loading={save.isPending}
          data-testid={`cost-${company.code}-save`}
        >
          {t("common.save")}
        </Button>
      </Group>
      <ProblemNote error={save.error} />
    </form>
  );
}
