import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeStanding, partnerQuery } from "@/api/partners";
import type { Partner, Standing } from "@/api/types";
import { formatDecimal, parseDecimal } from "@/format/decimal";
import { useFormat } from "@/format/useFormat";
import { DecimalInput } from "@/parts/DecimalInput";
import { ProblemNote } from "@/parts/Notes";
import { useCompany, useMay } from "@/session/company";
import { type StandingState, standingColors } from "./standing";

const states: readonly StandingState[] = ["open", "watch", "stop"];

/** Whether the company sells to and buys from the partner, and how much may be owed. */
export function StandingCard({ partner, standings }: { partner: Partner; standings: readonly Standing[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const company = useCompany();
  const mayWrite = useMay("catalog.standing.write");
  const queryClient = useQueryClient();
  const known = standings.find((one) => one.companyId === company.id);
  const start = {
    selling: known?.selling ?? "open",
    buying: known?.buying ?? "open",
    creditLimit: known?.creditLimit ? formatDecimal(known.creditLimit, format.locale, 2) : "",
    reason: known?.reason ?? "",
  };
  const [values, setValues] = useState(start);
  const [faulty, setFaulty] = useState(false);
  const save = useMutation({
    mutationFn: changeStanding,
    onSuccess: async () => {
      notifications.show({ message: t("partners.standingSaved", { code: partner.code }) });
      await queryClient.refetchQueries({ queryKey: partnerQuery(partner.id).queryKey });
      await queryClient.invalidateQueries({ queryKey: ["partners"] });
    },
  });
  const dirty = JSON.stringify(values) !== JSON.stringify(start);
  const submit = () => {
    const limit = values.creditLimit.trim() === "" ? null : parseDecimal(values.creditLimit, format.locale);
    const wrong = (limit === null && values.creditLimit.trim() !== "") || limit?.startsWith("-") === true;
    setFaulty(wrong);
    if (!wrong)
      save.mutate({
        ...values,
        id: partner.id,
        companyId: company.id,
        creditLimit: limit,
        reason: values.reason.trim(),
      });
  };
  const choice = (name: "selling" | "buying") => (
    <div>
      <Text size="sm" fw={500} mb={4} id={`standing-${name}`}>
        {t(`partners.${name}`)}
      </Text>
      {mayWrite ? (
        <SegmentedControl
          size="xs"
          aria-labelledby={`standing-${name}`}
          data={states.map((value) => ({ value, label: t(`partners.standing.${value}`) }))}
          value={values[name]}
          onChange={(value) => setValues({ ...values, [name]: value })}
          {...(values[name] !== "open" && { color: standingColors[values[name] as StandingState] })}
          data-testid={`standing-${name}`}
        />
      ) : (
        <Badge color={standingColors[values[name] as StandingState]}>
          {t(`partners.standing.${values[name] as StandingState}`)}
        </Badge>
      )}
    </div>
  );
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {t("partners.standingIn", { company: company.code })}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-start" gap="lg">
            {partner.customer && choice("selling")}
            {partner.supplier && choice("buying")}
            {partner.customer && (
              <DecimalInput
                label={t("partners.creditLimit")}
                placeholder={t("partners.noLimit")}
                value={values.creditLimit}
                onChange={(creditLimit) => setValues({ ...values, creditLimit })}
                error={faulty && t("lines.quantityFault.number")}
                readOnly={!mayWrite}
                rightSection={
                  <Text size="xs" c="dimmed">
                    {company.currency}
                  </Text>
                }
                rightSectionWidth={44}
                w={170}
                data-testid="credit-limit"
              />
            )}
            <TextInput
              label={t("partners.reason")}
              value={values.reason}
              onChange={(event) => setValues({ ...values, reason: event.currentTarget.value })}
              readOnly={!mayWrite}
              maxLength={200}
              w={320}
              maw="100%"
              data-testid="standing-reason"
            />
          </Group>
          <ProblemNote error={save.error} />
          {mayWrite && (
            <Group>
              <Button
                type="submit"
                variant="default"
                disabled={!dirty}
                loading={save.isPending}
                data-testid="standing-save"
              >
                {t("partners.saveStanding")}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
