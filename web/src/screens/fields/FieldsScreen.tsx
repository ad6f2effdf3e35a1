import { Badge, Button, Group, Paper, SegmentedControl } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Field, type FieldKind, fieldsQuery, fieldTypes, retireField } from "@/api/fields";
import { useIntent } from "@/api/intent";
import { useWords } from "@/i18n/useWords";
import { DataTable } from "@/parts/DataTable";
import { Icon } from "@/parts/icons";
import { Empty, Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { columnsOf } from "@/parts/table";
import { FieldForm } from "./FieldForm";

const column = columnsOf<Field>();
const idOf = (row: Field) => row.id;
const rowProps = (row: Field) => ({
  "data-testid": `field-row-${row.name}`,
  "data-muted": row.retiredAt !== null,
});

/** The fields that this organisation has of its own. */
export function Screen() {
  const { t } = useTranslation();
  const words = useWords();
  const queryClient = useQueryClient();
  const [type, setType] = useState<string>(fieldTypes[0]);
  const [opened, setOpened] = useState<Field | "new" | null>(null);
  const query = useQuery(fieldsQuery(type));
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: ["fields"] });
    await queryClient.invalidateQueries({ queryKey: ["list-columns"] });
  };
  const { mutate } = useIntent(retireField, {
    onSuccess: refresh,
    onError: (error) => notifications.show({ color: "red", message: words.problem(error) }),
  });
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("titleEn", { header: t("fields.titleEn") }),
        column.accessor("titleTr", { header: t("fields.titleTr") }),
        column.accessor("kind", {
          header: t("fields.kind"),
          cell: ({ getValue }) => t(`fields.kinds.${getValue() as FieldKind}`),
        }),
        column.accessor("choices", {
          header: t("fields.choices"),
          meta: { from: "md" },
          cell: ({ getValue }) => getValue().join(", "),
        }),
        column.accessor("name", { header: t("fields.name"), meta: { from: "lg" } }),
        column.display({
          id: "actions",
          header: () => null,
          meta: { align: "end", tight: true },
          cell: ({ row: { original } }) => (
            <Group gap={6} justify="flex-end" wrap="nowrap">
              {original.retiredAt !== null && <Badge color="gray">{t("items.retired")}</Badge>}
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setOpened(original)}
                data-testid={`field-${original.name}-change`}
              >
                {t("common.change")}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => mutate({ id: original.id, retired: original.retiredAt === null })}
                data-testid={`field-${original.name}-retire`}
              >
                {original.retiredAt === null ? t("items.retire") : t("items.restore")}
              </Button>
            </Group>
          ),
        }),
      ]),
    [t, mutate],
  );
  return (
    <Frame
      title={t("nav.fields")}
      lead={t("fields.lead")}
      actions={
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpened("new")}
          data-testid="new-field"
        >
          {t("fields.new")}
        </Button>
      }
    >
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t("fields.of")}
        data={fieldTypes.map((value) => ({ value, label: words.documentType(value) }))}
        value={type}
        onChange={setType}
      />
      <Paper withBorder>
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && <Loading rows={4} />}
        {query.data?.items.length === 0 && (
          <Empty icon="columns" title={t("fields.empty")} text={t("fields.emptyText")} />
        )}
        {query.data && query.data.items.length > 0 && (
          <DataTable
            rows={query.data.items}
            columns={columns}
            rowId={idOf}
            rowProps={rowProps}
            label={t("nav.fields")}
          />
        )}
      </Paper>
      {opened !== null && (
        <FieldForm
          documentType={type}
          field={opened === "new" ? null : opened}
          position={query.data?.items.length ?? 0}
          onClose={() => setOpened(null)}
          onSaved={refresh}
        />
      )}
    </Frame>
  );
}
