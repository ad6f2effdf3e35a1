import { Button, Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { documentTypesQuery, peopleQuery, type Rule, rulesQuery } from "@/api/work";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { RuleForm } from "./RuleForm";
import { RuleTable } from "./RuleTable";

/** Who must approve what, in the order in which the rules are asked. */
export function Screen() {
  const { t } = useTranslation();
  const query = useQuery(rulesQuery());
  const types = useQuery(documentTypesQuery());
  const people = useQuery(peopleQuery());
  const [edited, setEdited] = useState<Rule | "new" | null>(null);
  const rules = query.data?.items ?? [];
  const ready = query.data && people.data && types.data;
  return (
    <Frame
      title={t("nav.approvalRules")}
      lead={t("approvalRules.lead")}
      actions={
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setEdited("new")}
          disabled={!ready}
          data-testid="new-rule"
        >
          {t("approvalRules.new")}
        </Button>
      }
    >
      <Stack gap="sm">
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <Paper withBorder>
          {!ready && <Loading rows={3} />}
          {ready && rules.length === 0 && (
            <Empty icon="approve" title={t("approvalRules.empty")} text={t("approvalRules.emptyText")} />
          )}
          {ready && rules.length > 0 && <RuleTable rules={rules} people={people.data} onEdit={setEdited} />}
        </Paper>
      </Stack>
      {edited !== null && people.data && types.data && (
        <RuleForm
          rule={edited === "new" ? null : edited}
          nextRank={Math.max(0, ...rules.map(({ rank }) => rank)) + 10}
          people={people.data}
          types={types.data.items}
          onDone={() => setEdited(null)}
        />
      )}
    </Frame>
  );
}
