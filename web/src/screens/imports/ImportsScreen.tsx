import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Import, importKindsQuery } from "@/api/imports";
import { useFormat } from "@/format/useFormat";
import { ImportState } from "@/parts/ImportState";
import { ListView } from "@/parts/list/ListView";
import { NewButton } from "@/parts/NewButton";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";

const idOf = (row: Import) => row.id;
const linkOf = (row: Import) => `/imports/${row.id}`;
const rowProps = (row: Import) => ({
  "data-testid": `import-row-${row.name}`,
  "data-muted": row.state === "undone",
});

/** Files that came in, newest first, and what became of each. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: kinds } = useQuery(importKindsQuery(format.locale));
  const cells = useMemo(
    () => ({
      name: (row: Import) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.name}
        </Anchor>
      ),
      kind: (row: Import) => kinds?.find((kind) => kind.name === row.kind)?.title ?? row.kind,
      state: (row: Import) => <ImportState state={row.state} />,
      rows: (row: Import) => format.quantity(String(row.rowCount)),
    }),
    [kinds, format],
  );
  const add = <NewButton to="/imports/new" label={t("imports.new")} icon="import" data-testid="new-import" />;
  return (
    <Frame title={t("nav.imports")} lead={t("imports.lead")} actions={add}>
      <ListView<Import>
        list="imports"
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        label={t("nav.imports")}
        empty={
          <Empty icon="import" title={t("imports.empty")} text={t("imports.emptyText")}>
            {add}
          </Empty>
        }
      />
    </Frame>
  );
}
