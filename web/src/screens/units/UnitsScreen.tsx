import { Anchor, Button, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { UnitRow } from "@/api/types";
import { useFormat } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { ListView } from "@/parts/list/ListView";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { beep, readSscc } from "@/parts/scan";
import { useMay } from "@/session/company";
import { NewUnit } from "./NewUnit";
import { PrefixButton } from "./PrefixButton";

const idOf = (row: UnitRow) => row.sscc;
const linkOf = (row: UnitRow) => `/units/${row.sscc}`;
const figuresOf = (row: UnitRow) => `${row.warehouseCode} ${row.bin} ${row.goods}`;
const rowProps = (row: UnitRow) => ({
  "data-testid": `unit-row-${row.sscc}`,
  "data-muted": row.dissolvedAt !== null,
});

/** Pallets and boxes: a scanned number opens one, wherever it stands. */
export function Screen() {
  const { t } = useTranslation();
  const mayMove = useMay("inventory.transfer");
  const [begins, setBegins] = useState(false);
  return (
    <Frame
      title={t("nav.units")}
      lead={t("units.lead")}
      actions={
        <>
          <PrefixButton />
          {mayMove && (
            <Button
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => setBegins(true)}
              data-testid="new-unit"
            >
              {t("units.new")}
            </Button>
          )}
        </>
      }
    >
      <ScanUnit />
      {begins && <NewUnit onClose={() => setBegins(false)} />}
      <ListView<UnitRow>
        list="handling-units"
        ofCompany
        cells={useCells()}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        figuresOf={figuresOf}
        label={t("nav.units")}
        empty={<Empty icon="pallet" title={t("units.empty")} text={t("units.emptyText")} />}
      />
    </Frame>
  );
}

/** Where a scanner types: what it read opens at once. */
function ScanUnit() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const open = () => {
    const sscc = readSscc(text);
    beep(sscc !== null);
    setWrong(sscc === null);
    if (sscc !== null) navigate(`/units/${sscc}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <TextInput
        label={t("units.scan")}
        placeholder="(00) 1 0614141 123456789 7"
        maw={420}
        mb="md"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
        onFocus={(event) => event.currentTarget.select()}
        error={wrong && t("units.notSscc")}
        data-testid="unit-scan"
      />
    </form>
  );
}

function useCells() {
  const format = useFormat();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      sscc: (row: UnitRow) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600} style={{ whiteSpace: "nowrap" }}>
          {row.sscc}
        </Anchor>
      ),
      warehouse: (row: UnitRow) => row.warehouseCode,
      holds: (row: UnitRow) =>
        row.goods > 3 ? `${row.holds} ${t("units.andMore", { count: row.goods - 3 })}` : row.holds,
      moved: (row: UnitRow) => format.instant(row.movedAt),
      created: (row: UnitRow) => format.instant(row.createdAt),
    }),
    [format, t],
  );
}
