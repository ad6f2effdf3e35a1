import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { itemQuery } from "@/api/catalog";
import { useWords } from "@/i18n/useWords";
import { useMay } from "@/session/company";
import classes from "./LineTable.module.css";
import type { Line } from "./lines";

type UnitCellProps = { line: Line; number: number; onChange: (unit: string) => void };

/** In what the quantity of a line is said: a choice where the item has more than its own unit. */
export function UnitCell({ line, number, onChange }: UnitCellProps) {
  const { t } = useTranslation();
  const words = useWords();
  const mayRead = useMay("catalog.item.read");
  const own = line.item?.unit ?? "";
  const { data } = useQuery({
    ...itemQuery(line.item?.id ?? ""),
    enabled: line.item !== null && mayRead,
    staleTime: 60_000,
  });
  const others = data?.units ?? [];
  return (
    <td className={classes.unit} data-title={t("lines.unit")}>
      {line.item === null || others.length === 0 ? (
        words.unit(own)
      ) : (
        <Select
          aria-label={t("lines.unitOf", { number })}
          data={[own, ...others.map(({ code }) => code)].map((code) => ({
            value: code,
            label: words.unit(code),
          }))}
          value={line.unit || own}
          onChange={(unit) => onChange(unit === own ? "" : (unit ?? ""))}
          allowDeselect={false}
          comboboxProps={{ width: "max-content" }}
          data-testid={`line-${number}-unit`}
        />
      )}
    </td>
  );
}
