import { Table, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import classes from "./List.module.css";

type ListHeadProps = {
  column: ListColumn;
  frozen: boolean;
  sort: string;
  onSort: (sort: string) => void;
};

/** Sorts by its column, then the other way round, then not at all; with Shift beside the others. */
export function ListHead({ column, frozen, sort, onSort }: ListHeadProps) {
  const { t } = useTranslation();
  const steps = sort === "" ? [] : sort.split(",");
  const up = steps.includes(column.name);
  const down = steps.includes(`-${column.name}`);
  const next = (beside: boolean) => {
    const others = beside ? steps.filter((one) => one.replace("-", "") !== column.name) : [];
    const own = up ? [`-${column.name}`] : down ? [] : [column.name];
    onSort([...others, ...own].slice(-3).join(","));
  };
  return (
    <Table.Th
      scope="col"
      className={`${frozen ? classes.frozen : ""} ${column.kind === "number" ? classes.figure : ""}`}
      aria-sort={up ? "ascending" : down ? "descending" : undefined}
    >
      {column.sorts ? (
        <UnstyledButton
          className={classes.sort}
          onClick={(event) => next(event.shiftKey)}
          title={t("list.sortHint")}
          data-testid={`sort-${column.name}`}
        >
          {column.title}
          {up && " ↑"}
          {down && " ↓"}
        </UnstyledButton>
      ) : (
        column.title
      )}
    </Table.Th>
  );
}
