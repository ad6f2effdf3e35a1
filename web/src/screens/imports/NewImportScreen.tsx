import { Anchor, Button, FileButton, Group, Paper, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { importKindsQuery, sendFile, templateAddress } from "@/api/imports";
import { newKey } from "@/api/intent";
import { useLocale } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import classes from "./Imports.module.css";

/** What is to come in, and the file. Nothing is written yet. */
export function Screen() {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { data: kinds, error, isPending } = useQuery(importKindsQuery(locale));
  const kind = kinds?.find((one) => one.name === params.get("kind")) ?? kinds?.[0];
  const [over, setOver] = useState(false);
  const send = useMutation({
    mutationFn: sendFile,
    onSuccess: ({ import: { id } }) => navigate(`/imports/${id}`),
  });
  const take = (file: File | null | undefined) => {
    if (file && kind) send.mutate({ id: newKey(), kind: kind.name, file });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <Frame title={t("imports.new")} lead={t("imports.newLead")} narrow>
      <ProblemNote error={error} />
      {isPending && <Loading rows={4} />}
      {kind && kinds && (
        <Stack gap="md">
          <Paper withBorder p="md">
            <Group align="flex-end" gap="md">
              <Select
                label={t("imports.what")}
                data={kinds.map(({ name, title }) => ({ value: name, label: title }))}
                value={kind.name}
                onChange={(next) => next && setParams({ kind: next }, { replace: true })}
                allowDeselect={false}
                w={280}
                data-testid="import-kind"
              />
              <Button
                component="a"
                href={templateAddress(kind.name, locale)}
                download
                variant="default"
                leftSection={<Icon name="export" size={16} />}
                data-testid="template"
              >
                {t("imports.template")}
              </Button>
            </Group>
            <Text size="sm" c="dimmed" mt="sm">
              {t("imports.fields")}:{" "}
              {kind.fields.map((field, at) => (
                <Text key={field.name} span size="sm" fw={field.needed ? 600 : 400}>
                  {at > 0 && ", "}
                  {field.title}
                  {field.needed && "*"}
                </Text>
              ))}
            </Text>
          </Paper>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a file on; the button in it is the way by keyboard */}
          <div
            className={classes.drop}
            data-over={over}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          >
            <Icon name="file" size={32} />
            <Text fw={600}>{t("imports.dropHere")}</Text>
            <Text size="sm" c="dimmed">
              {t("imports.formats")}
            </Text>
            <FileButton
              onChange={take}
              accept=".csv,.txt,.tsv,.xlsx"
              inputProps={{ "data-testid": "import-file" } as React.ComponentPropsWithoutRef<"input">}
            >
              {(props) => (
                <Button {...props} loading={send.isPending} mt="xs">
                  {t("imports.choose")}
                </Button>
              )}
            </FileButton>
          </div>
          <ProblemNote error={send.error} />
          <Anchor href="/imports" size="sm" style={{ alignSelf: "flex-start" }}>
            {t("imports.earlier")}
          </Anchor>
        </Stack>
      )}
    </Frame>
  );
}
