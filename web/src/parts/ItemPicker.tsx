import { CloseButton, Combobox, Loader, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { itemSearchQuery } from "@/api/catalog";
import type { Item } from "@/api/types";
import { useMay } from "@/session/company";
import { NewItemDialog } from "./NewItemDialog";

export type PickedItem = Pick<Item, "id" | "code" | "name" | "unit"> & {
  tracking?: string;
};

type ItemPickerProps = {
  value: PickedItem | null;
  onChange: (item: PickedItem | null) => void;
  onPicked?: () => void;
  label: string;
  hideLabel?: boolean;
  error?: ReactNode;
  autoFocus?: boolean;
  /** Offers to create the item that is not there, for documents. */
  creates?: boolean;
  /** Offers to leave the choice open, for filters. */
  clearable?: boolean;
  width?: number;
  "data-testid"?: string;
};

const createNew = "new";
const labelOf = (item: PickedItem | null) => (item ? `${item.code} · ${item.name}` : "");

/** Finds an item by code or name on the server; Enter takes the first one found. */
export function ItemPicker(props: ItemPickerProps) {
  const {
    value,
    onChange,
    onPicked,
    label,
    hideLabel = false,
    error,
    autoFocus,
    creates = false,
    clearable = false,
    width,
  } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [creating, setCreating] = useState<string | null>(null);
  const mayCreate = useMay("catalog.item.write") && creates;
  const [search] = useDebouncedValue(typed ?? "", 150);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, isFetching } = useQuery({
    ...itemSearchQuery(search.trim()),
    enabled: combobox.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  const { selectFirstOption, dropdownOpened } = combobox;
  useEffect(() => {
    if (dropdownOpened && data && search !== "") selectFirstOption();
  }, [dropdownOpened, data, search, selectFirstOption]);

  const wanted = search.trim();
  const offersNew =
    mayCreate && wanted !== "" && data !== undefined && !items.some(({ code }) => code === wanted);

  const pick = (id: string) => {
    if (id === createNew) {
      setCreating(wanted);
      combobox.closeDropdown();
      return;
    }
    const item = items.find((candidate) => candidate.id === id);
    if (item) onChange(item);
    setTyped(null);
    combobox.closeDropdown();
    if (item) onPicked?.();
  };
  const leave = () => {
    combobox.closeDropdown();
    if (typed?.trim() === "") onChange(null);
    setTyped(null);
  };

  const clear = clearable && value !== null && (
    <CloseButton size="sm" aria-label={t("common.clear")} onClick={() => onChange(null)} />
  );
  const rightSection = isFetching && dropdownOpened ? <Loader size={14} /> : clear || null;

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={pick}
      width="target"
      position="bottom-start"
      keepMounted={false}
    >
      <Combobox.Target>
        <TextInput
          label={hideLabel ? undefined : label}
          aria-label={hideLabel ? label : undefined}
          placeholder={t("lines.itemHint")}
          value={typed ?? labelOf(value)}
          error={error}
          autoFocus={autoFocus}
          w={width}
          autoComplete="off"
          rightSection={rightSection}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            if (!value) combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={leave}
          data-testid={props["data-testid"]}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label={label}>
          {items.map((item) => (
            <Combobox.Option key={item.id} value={item.id} data-testid={`item-option-${item.code}`}>
              <Text size="sm" fw={600} span>
                {item.code}
              </Text>{" "}
              <Text size="sm" span>
                {item.name}
              </Text>
            </Combobox.Option>
          ))}
          {offersNew && (
            <Combobox.Option value={createNew} data-testid="create-in-place">
              <Text size="sm" c="mill" span>
                {t("lines.createItem", { code: wanted })}
              </Text>
            </Combobox.Option>
          )}
          {data && items.length === 0 && !offersNew && <Combobox.Empty>{t("lines.noItem")}</Combobox.Empty>}
          {!data && <Combobox.Empty>{t("common.loading")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
      {creating !== null && (
        <NewItemDialog
          code={creating}
          onClose={() => setCreating(null)}
          onCreated={(item) => {
            setCreating(null);
            onChange(item);
            onPicked?.();
          }}
        />
      )}
    </Combobox>
  );
}
