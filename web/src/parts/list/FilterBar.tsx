import { Button, Group, Popover, Text, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "@/api/lists";
import { Icon } from "@/parts/icons";
import { Chip, RemoveChip } from "./Chip";
import { type Condition, parseCondition, writeCondition } from "./condition";
import classes from "./List.module.css";
import type { ListState } from "./useListState";

const FilterForm = lazy(async () => ({ default: (await import("./FilterForm")).FilterForm }));

type FilterBarProps = {
  columns: readonly ListColumn[];
  state: ListState;
  onChange: (changes: Partial<ListState>) => void;
};

/** The conditions of a list as chips: each can be opened, changed and taken away. */
export function FilterBar({ columns, state, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  const { filter, match, within } = state;
  const put = (at: number, condition: Condition) => {
    const next = [...filter];
    next[at] = writeCondition(condition);
    onChange({ filter: next });
    setOpened(null);
  };
  return (
    <Group gap={6} data-testid="filters">
      {filter.map((text, at) => (
        <Group key={text} gap={6} wrap="nowrap">
          {at > 0 && (
            <UnstyledButton
              className={classes.joint}
              onClick={() => onChange({ match: match === "any" ? "all" : "any" })}
              title={t("list.matchHint")}
              data-testid="match"
            >
              {match === "any" ? t("list.or") : t("list.and")}
            </UnstyledButton>
          )}
          <Popover
            opened={opened === at}
            onChange={(open) => setOpened(open ? at : null)}
            position="bottom-start"
            width={280}
            shadow="md"
            trapFocus
            returnFocus
            withRoles={false}
          >
            <Popover.Target>
              <Group gap={0} className={classes.chip} wrap="nowrap">
                <UnstyledButton
                  className={classes.chipText}
                  aria-haspopup="dialog"
                  aria-expanded={opened === at}
                  onClick={() => setOpened(opened === at ? null : at)}
                  data-testid={`chip-${parseCondition(text).column}`}
                >
                  <Chip text={text} columns={columns} />
                </UnstyledButton>
                <RemoveChip
                  onClick={() => onChange({ filter: filter.filter((one) => one !== text) })}
                  data-testid={`chip-${parseCondition(text).column}-remove`}
                />
              </Group>
            </Popover.Target>
            <Popover.Dropdown>
              <Suspense>
                <FilterForm
                  columns={columns}
                  start={parseCondition(text)}
                  onDone={(condition) => put(at, condition)}
                />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        </Group>
      ))}
      {within.map((text, at) => (
        <Group key={text} gap={6} wrap="nowrap">
          {filter.length + at > 0 && (
            <Text className={classes.joint} span>
              {t("list.and")}
            </Text>
          )}
          <Group gap={0} className={classes.chip} wrap="nowrap" data-testid={`within-${at}`}>
            <Text className={classes.chipText} span>
              <Chip text={text} columns={columns} />
            </Text>
            <RemoveChip
              onClick={() => onChange({ within: within.filter((one) => one !== text) })}
              data-testid={`within-${at}-remove`}
            />
          </Group>
        </Group>
      ))}
      <Popover
        opened={opened === -1}
        onChange={(open) => setOpened(open ? -1 : null)}
        position="bottom-start"
        width={280}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="filter" size={14} />}
            onClick={() => setOpened(opened === -1 ? null : -1)}
            data-testid="add-filter"
          >
            {t("list.filter")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {opened === -1 && (
            <Suspense>
              <FilterForm
                columns={columns}
                start={null}
                onDone={(condition) => put(filter.length, condition)}
              />
            </Suspense>
          )}
        </Popover.Dropdown>
      </Popover>
      {filter.length + within.length > 1 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => onChange({ filter: [], within: [], match: "all" })}
          data-testid="clear-filters"
        >
          {t("list.clear")}
        </Button>
      )}
    </Group>
  );
}
