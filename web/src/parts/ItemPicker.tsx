import { CloseButton, Combobox, Loader, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { itemSearchQuery } from "@/api/catalog";
import type { Item } from "@/api/types";
import { useMay } from "@/session/company";
import { NewItemDialog } from "./NewItemDialog";
import { beep, readLabel } from "./scan";

export type PickedItem = Pick<Item, "id" | "code" | "name" | "unit"> & {
  tracking?: string;
};

type ItemPickerProps = {
  value: PickedItem | null;
  onChange: (item: PickedItem | null) => void;
  onPicked?: () => void;
  /** The label of the goods was scanned, which names a lot as well. */
  onLot?: (lot: string, expires: string) => void;
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

/** Finds an item by code or name on the server; Enter takes the first one found, or what a scanner typed before it. */
export function ItemPicker(props: ItemPickerProps) {
  const {
    value,
    onChange,
    onPicked,
    onLot,
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
  const [unknown, setUnknown] = useState<string | null>(null);
  const queryClient = useQueryClient();
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
  // A scanner is faster than the list; what it typed is looked for itself, and only that very code is taken.
  const scan = async (text: string) => {
    const read = readLabel(text);
    const code = read?.code ?? text;
    const found = await queryClient.fetchQuery(itemSearchQuery(code)).catch(() => undefined);
    const item = found?.items.find((one) => one.code.toLowerCase() === code.toLowerCase());
    beep(item !== undefined);
    if (!item) return setUnknown(code);
    onChange(item);
    if (read && read.lot !== "") onLot?.(read.lot, read.expires);
    setTyped(null);
    combobox.closeDropdown();
    onPicked?.();
  };
  const enter = (event: KeyboardEvent) => {
    const text = typed?.trim() ?? "";
    if (event.key !== "Enter" || text === "" || (text === wanted && !isFetching && !text.includes("|")))
      return;
    event.preventDefault();
    combobox.resetSelectedOption();
    void scan(text);
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
          error={unknown === null ? error : t("lines.unknownCode", { code: unknown })}
          autoFocus={autoFocus}
          w={width}
          autoComplete="off"
          rightSection={rightSection}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setUnknown(null);
            combobox.openDropdown();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            if (!value) combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={leave}
          onKeyDown={enter}
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
