import { Badge, Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExpectedSupply } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { useWords } from "@/i18n/useWords";
import { Icon } from "@/parts/icons";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { SupplyActions } from "./SupplyActions";
import { ChangeSupply, NewSupply } from "./SupplyForm";

const idOf = (row: ExpectedSupply) => row.id;
const linkOf = (row: ExpectedSupply) => `/items/${row.itemId}`;
const figuresOf = (row: ExpectedSupply) => `${row.toCome} ${row.promised} ${row.due}`;
const rowProps = (row: ExpectedSupply) => ({
  "data-testid": `supply-row-${row.source}`,
  "data-muted": row.state === "closed" || row.state === "arrived",
});
const colours = { open: "blue", late: "red", arrived: "green", closed: "gray" } as Record<string, string>;

/** What is on its way; one receives it from here, and changes what was known of it. */
export function Screen() {
  const { t } = useTranslation();
  const mayExpect = useMay("inventory.expect");
  const [makes, setMakes] = useState(false);
  const [changed, setChanged] = useState<ExpectedSupply | null>(null);
  const actions = useMemo(
    () => (row: ExpectedSupply) => <SupplyActions row={row} onChange={() => setChanged(row)} />,
    [],
  );
  const cells = useCells();
  return (
    <Frame
      title={t("nav.expected")}
      lead={t("expected.lead")}
      actions={
        mayExpect && (
          <Button
            leftSection={<Icon name="expected" size={16} />}
            onClick={() => setMakes(true)}
            data-testid="new-supply"
          >
            {t("expected.new")}
          </Button>
        )
      }
    >
      {makes && <NewSupply onClose={() => setMakes(false)} />}
      {changed && <ChangeSupply supply={changed} onClose={() => setChanged(null)} />}
      <ListView<ExpectedSupply>
        list="expected-supply"
        ofCompany
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        figuresOf={figuresOf}
        actions={actions}
        label={t("nav.expected")}
        searchLabel={t("expected.search")}
        empty={<Empty icon="expected" title={t("expected.empty")} text={t("expected.emptyText")} />}
      />
    </Frame>
  );
}

function useCells() {
  const format = useFormat();
  const words = useWords();
  const { t } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () => ({
      source: (row: ExpectedSupply) => <b>{row.source}</b>,
      item: (row: ExpectedSupply) => row.itemCode,
      name: (row: ExpectedSupply) => row.itemName,
      warehouse: (row: ExpectedSupply) => row.warehouseCode,
      due: (row: ExpectedSupply) => format.date(row.due),
      toCome: (row: ExpectedSupply) => <b>{format.quantity(row.toCome)}</b>,
      promised: (row: ExpectedSupply) => format.quantity(row.promised),
      quantity: (row: ExpectedSupply) => format.quantity(row.quantity),
      arrived: (row: ExpectedSupply) => format.quantity(row.arrived),
      unit: (row: ExpectedSupply) => words.unit(row.unit),
      state: (row: ExpectedSupply) => (
        <Badge color={colours[row.state] ?? "gray"}>{words.supplyState(row.state)}</Badge>
      ),
    }),
    [format, t],
  );
}
