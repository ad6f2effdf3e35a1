import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePostingRule, postingRulesQuery } from "@/api/accounting";
import { Problem } from "@/api/problem";
import type { Account, PostingRule } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { ProblemNote } from "@/parts/Notes";
import { useCompany } from "@/session/company";

type EditRuleProps = { rule: PostingRule; accounts: Account[]; onDone: () => void };

export function EditRule({ rule, accounts, onDone }: EditRuleProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const companyId = useCompany().id;
  const queryClient = useQueryClient();
  const [debitAccount, setDebit] = useState(rule.debitAccount);
  const [creditAccount, setCredit] = useState(rule.creditAccount);
  const refresh = () => queryClient.invalidateQueries({ queryKey: postingRulesQuery(companyId).queryKey });
  const change = useMutation({
    mutationFn: changePostingRule,
    onSuccess: async () => {
      notifications.show({ message: t("postingRules.saved") });
      onDone();
      await refresh();
    },
    onError: async (error) => {
      if (!(error instanceof Problem) || error.status !== 412) return;
      notifications.show({ color: "yellow", message: words.problem(error) });
      await refresh();
    },
  });
  const options = accounts.map((account) => ({
    value: account.number,
    label: `${account.number} · ${format.account(account)}`,
  }));
  const applies = [words.event(rule.eventType), words.kind(rule.itemKind), words.reason(rule.reason)];
  const same = debitAccount === creditAccount;
  const select = { data: options, searchable: true, allowDeselect: false, limit: 100 } as const;
  return (
    <Modal
      opened
      onClose={onDone}
      title={t("postingRules.edit")}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {applies.filter(Boolean).join(" · ")}
        </Text>
        <Select
          {...select}
          label={t("postingRules.debitAccount")}
          value={debitAccount}
          onChange={(value) => value && setDebit(value)}
          data-testid="debit"
        />
        <Select
          {...select}
          label={t("postingRules.creditAccount")}
          value={creditAccount}
          onChange={(value) => value && setCredit(value)}
          error={same && t("postingRules.same")}
          data-testid="credit"
        />
        <ProblemNote error={change.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button
            disabled={same}
            loading={change.isPending}
            onClick={() =>
              change.mutate({ companyId, id: rule.id, version: rule.version, debitAccount, creditAccount })
            }
            data-testid="save-rule"
          >
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
