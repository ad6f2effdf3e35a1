import { Anchor, Badge, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Exchange, exchangeRunsQuery } from "@/api/exchanges";
import { useFormat } from "@/format/useFormat";
import { ImportState } from "@/parts/ImportState";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";

/** What an exchange has taken, sent or failed at; a file that was taken leads to its import. */
export function ExchangeRuns({ exchange, onClose }: { exchange: Exchange; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(exchangeRunsQuery(exchange.id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={exchange.name}
      centered
      size="lg"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {query.isPending && <Loading rows={3} />}
      {query.data?.items.length === 0 && (
        <Empty icon="retry" title={t("exchanges.noRuns")} text={t("exchanges.noRunsText")} />
      )}
      {query.data && query.data.items.length > 0 && (
        <Table data-testid="exchange-runs">
          <Table.Tbody>
            {query.data.items.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td style={{ whiteSpace: "nowrap", verticalAlign: "top" }}>
                  {format.instant(run.endedAt)}
                </Table.Td>
                <Table.Td>
                  <Stack gap={4}>
                    <Group gap="xs">
                      {run.importId ? (
                        <Anchor component={Link} to={`/imports/${run.importId}`}>
                          {run.name}
                        </Anchor>
                      ) : (
                        <Text>{run.name}</Text>
                      )}
                      {run.outcome === "failed" && (
                        <Badge color="red">{t("exchanges.outcomes.failed")}</Badge>
                      )}
                      {run.importState && <ImportState state={run.importState} />}
                      {run.rows !== null && run.rows !== undefined && (
                        <Text c="dimmed">
                          {t("exchanges.rowsSent", { rows: format.quantity(String(run.rows)) })}
                        </Text>
                      )}
                    </Group>
                    {run.error && (
                      <Text size="sm" c="dimmed">
                        {run.error}
                      </Text>
                    )}
                  </Stack>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Modal>
  );
}
