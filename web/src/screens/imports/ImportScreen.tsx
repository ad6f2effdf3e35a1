import { Alert, Button, Group, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type Import, type ImportStep, importKindsQuery, importQuery, takeStep } from "@/api/imports";
import { useIntent } from "@/api/intent";
import { Problem } from "@/api/problem";
import { useFormat, useLocale } from "@/format/useFormat";
import { NotFound } from "@/frame/NotFound";
import { useWords } from "@/i18n/useWords";
import { ConfirmButton } from "@/parts/ConfirmButton";
import { ImportState } from "@/parts/ImportState";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { FaultTable } from "./FaultTable";
import { MappingForm } from "./MappingForm";

const listOf: Record<string, string> = { items: "/items", partners: "/partners" };
const busy: readonly string[] = ["checking", "running", "undoing"];

/** One import from the file to its end: understood, checked, run, and if need be taken back. */
export function Screen() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { id = "" } = useParams();
  const query = useQuery(importQuery(id));
  const { data: kinds } = useQuery(importKindsQuery(locale));
  const detail = query.data;
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  const one = detail?.import;
  const kind = kinds?.find((candidate) => candidate.name === one?.kind);
  return (
    <Frame
      title={one ? one.name : t("nav.imports")}
      lead={kind?.title}
      narrow
      actions={one && <ImportState state={one.state} />}
    >
      <Stack gap="md">
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
        {query.isPending && <Loading rows={6} />}
        {detail && one && kind && (
          <>
            <Steps one={one} />
            {(one.state === "new" ||
              one.state === "checked" ||
              (one.state === "failed" && one.rowsDone === 0)) && (
              <MappingForm key={one.version} detail={detail} kind={kind} />
            )}
            {one.faulty > 0 || one.error !== null ? <FaultTable one={one} kind={kind} /> : null}
          </>
        )}
      </Stack>
    </Frame>
  );
}

/** Where it stands in figures, and the one thing to do next. */
function Steps({ one }: { one: Import }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const queryClient = useQueryClient();
  const go = useIntent(takeStep, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["imports"] }),
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const step = (name: ImportStep) => go.mutate({ id: one.id, step: name });
  const trial = one.state === "checked" || one.state === "checking";
  const good = one.rowCount - one.faulty;
  const count = (value: number) => format.quantity(String(value));
  if (one.state === "new") return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        {busy.includes(one.state) && (
          <div>
            <Text size="sm" mb={4} role="status">
              {t("imports.progress", { done: count(one.rowsRead), rows: count(one.rowCount) })}
            </Text>
            <Progress
              value={one.rowCount === 0 ? 0 : (100 * one.rowsRead) / one.rowCount}
              aria-label={t("imports.progressLabel")}
              animated
            />
          </div>
        )}
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          {(["created", "updated", "unchanged", "faulty"] as const).map((name) => (
            <div key={name} data-testid={`figure-${name}`}>
              <Text size="xs" c="dimmed">
                {trial ? t(`imports.would.${name}`) : t(`imports.did.${name}`)}
              </Text>
              <Text
                fw={650}
                size="xl"
                style={{ fontVariantNumeric: "tabular-nums" }}
                {...(name === "faulty" && one.faulty > 0 && { c: "red" })}
              >
                {count(one[name])}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        {one.error !== null && (
          <Alert color="red" icon={<Icon name="alert" />} data-testid="import-error">
            {one.error}
          </Alert>
        )}
        <Group gap="xs">
          {one.state === "checked" && (
            <Button
              onClick={() => step("run")}
              loading={go.isPending}
              disabled={good === 0}
              leftSection={<Icon name="import" size={16} />}
              data-testid="import-run"
            >
              {t("imports.run", { count: good, rows: count(good) })}
            </Button>
          )}
          {(one.state === "checking" || one.state === "running") && (
            <Button variant="default" onClick={() => step("cancellation")} data-testid="import-stop">
              {t("imports.stop")}
            </Button>
          )}
          {(one.state === "stopped" || (one.state === "failed" && one.rowsDone > 0)) && (
            <Button onClick={() => step("run")} loading={go.isPending} data-testid="import-go-on">
              {t("imports.goOn")}
            </Button>
          )}
          {["done", "stopped"].includes(one.state) && one.created + one.updated > 0 && (
            <ConfirmButton
              variant="default"
              title={t("imports.undoTitle")}
              text={t("imports.undoText", { created: count(one.created), updated: count(one.updated) })}
              confirm={t("imports.undo")}
              danger
              onConfirm={() => step("undo")}
              loading={go.isPending}
              data-testid="import-undo"
            >
              {t("imports.undo")}
            </ConfirmButton>
          )}
          {["done", "undone"].includes(one.state) && (
            <Button
              component={Link}
              to={listOf[one.kind] ?? "/imports"}
              variant={one.state === "done" ? "filled" : "default"}
              data-testid="import-look"
            >
              {t("imports.look")}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
