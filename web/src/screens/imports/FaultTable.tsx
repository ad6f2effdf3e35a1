import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { faultsQuery, type Import, type ImportFault, type ImportKind } from "@/api/imports";
import { useWords } from "@/i18n/useWords";
import { Empty } from "@/parts/Notes";
import { PagedTable } from "@/parts/PagedTable";
import { columnsOf } from "@/parts/table";

const column = columnsOf<ImportFault>();
const idOf = (row: ImportFault) => `${row.no}-${row.field}-${row.code}`;
const rowProps = (row: ImportFault) => ({ "data-testid": `fault-${row.no}` });

/** Every fault of every row, by the number of the row in the file. */
export function FaultTable({ one, kind }: { one: Import; kind: ImportKind }) {
  const { t } = useTranslation();
  const words = useWords();
  const query = useInfiniteQuery(faultsQuery(one.id, one.version));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("no", { header: t("imports.row"), meta: { figure: true, width: 80 } }),
        column.accessor("field", {
          header: t("imports.field"),
          cell: ({ getValue }) => kind.fields.find((field) => field.name === getValue())?.title ?? getValue(),
        }),
        column.accessor("value", { header: t("imports.value") }),
        column.accessor("message", {
          header: t("imports.fault"),
          cell: ({ row: { original } }) => words.fault(original.code, original.message),
        }),
      ]),
    [t, kind],
  );
  return (
    <PagedTable
      query={query}
      columns={columns}
      rowId={idOf}
      rowProps={rowProps}
      label={t("imports.faultsTitle")}
      empty={<Empty icon="check" title={t("imports.noFaults")} />}
    />
  );
}
