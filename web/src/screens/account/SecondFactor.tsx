import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { beginSecondFactor, removeSecondFactor, renewRecoveryCodes, secondFactorQuery } from "@/api/identity";
import { Loading, ProblemNote } from "@/parts/Notes";
import { ShownOnce } from "@/parts/ShownOnce";
import { ActivateFactor } from "./ActivateFactor";
import { ProveOneself } from "./ProveOneself";

type Step = "begin" | "renew" | "remove";

/** On or off; each change is proven with the password. */
export function SecondFactor() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const state = useQuery(secondFactorQuery);
  const [step, setStep] = useState<Step | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  const begin = useMutation({ mutationFn: beginSecondFactor, onSuccess: () => setStep(null) });
  const showCodes = async (fresh: string[]) => {
    begin.reset();
    setStep(null);
    setCodes(fresh);
    await refresh();
  };
  const renew = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: ({ recoveryCodes }) => showCodes(recoveryCodes),
  });
  const remove = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: async () => {
      notifications.show({ message: t("account.removed") });
      setStep(null);
      await refresh();
    },
  });
  const work = { begin, renew, remove };
  return (
    <Paper withBorder p="md" data-testid="second-factor" data-active={state.data?.active}>
      <Title order={2} size="h5" mb="xs">
        {t("account.factor")}
      </Title>
      <ProblemNote error={state.error} />
      {state.isPending && <Loading rows={1} />}
      {state.data && (
        <>
          <Text size="sm" mb="sm">
            {state.data.active
              ? t("account.factorOn", { count: state.data.recoveryCodesLeft })
              : t("account.factorOff")}
          </Text>
          <Group gap="xs">
            {state.data.active ? (
              <>
                <Button variant="default" onClick={() => setStep("renew")} data-testid="renew-codes">
                  {t("account.renew")}
                </Button>
                <Button
                  variant="default"
                  color="red"
                  onClick={() => setStep("remove")}
                  data-testid="remove-factor"
                >
                  {t("account.remove")}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={() => setStep("begin")} data-testid="begin-factor">
                {t("account.begin")}
              </Button>
            )}
          </Group>
        </>
      )}
      {step && (
        <ProveOneself
          pending={work[step].isPending}
          error={work[step].error}
          onProven={(password) => work[step].mutate(password)}
          onClose={() => setStep(null)}
        />
      )}
      {begin.data && (
        <ActivateFactor secret={begin.data} onActive={showCodes} onClose={() => begin.reset()} />
      )}
      {codes && (
        <ShownOnce
          title={t("account.codesTitle")}
          text={t("account.codesText")}
          secret={codes.join("\n")}
          onClose={() => setCodes(null)}
        />
      )}
    </Paper>
  );
}
