import "@mantine/spotlight/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { itemSearchQuery } from "@/api/catalog";
import { useLocale } from "@/format/useFormat";
import { Icon } from "@/parts/icons";
import { useMay, useSession } from "@/session/company";
import { permitted } from "./navigation";

const [store, palette] = createSpotlight();

/** Ctrl-K: goes to a screen or an item by a few letters of its name. */
export default function Palette({ asked }: { asked: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const { permissions } = useSession();
  const [query, setQuery] = useState("");
  const [search] = useDebouncedValue(query.trim(), 150);
  const mayReadItems = useMay("catalog.item.read");
  const { data } = useQuery({
    ...itemSearchQuery(search),
    enabled: mayReadItems && search.length > 0,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);

  const fold = (text: string) => text.toLocaleLowerCase(locale);
  const screens = permitted(permissions)
    .flatMap((group) => group.entries)
    .filter(({ name }) => fold(t(`nav.${name}`)).includes(fold(query.trim())));
  const items = search === "" ? [] : (data?.items.slice(0, 8) ?? []);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t("frame.searchHint")}
        aria-label={t("frame.search")}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {screens.length > 0 && (
          <Spotlight.ActionsGroup label={t("frame.screens")}>
            {screens.map(({ to, name, icon }) => (
              <Spotlight.Action
                key={to}
                label={t(`nav.${name}`)}
                leftSection={<Icon name={icon} />}
                onClick={() => navigate(to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {items.length > 0 && (
          <Spotlight.ActionsGroup label={t("nav.items")}>
            {items.map(({ id, code, name }) => (
              <Spotlight.Action
                key={id}
                label={code}
                description={name}
                leftSection={<Icon name="items" />}
                onClick={() => navigate(`/items/${id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {screens.length + items.length === 0 && <Spotlight.Empty>{t("common.nothingFound")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
