import "@mantine/spotlight/styles.layer.css";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { searchQuery } from "@/api/search";
import { useLocale } from "@/format/useFormat";
import { linkOf } from "@/parts/documents/links";
import { Icon, type IconName } from "@/parts/icons";
import { useCompany, useSession } from "@/session/company";
import { permitted, permittedActions } from "./navigation";
import { readRecent, remember } from "./recent";

const [store, palette] = createSpotlight();

type Found = { to: string; label: string; description?: string; icon: IconName };

const iconOf: Record<string, IconName> = {
  item: "items",
  partner: "partners",
  stock_adjustment: "adjust",
};

/** Ctrl-K: what was opened last, every screen, what can be begun, and whatever has these words in its code or name. */
export default function Palette({ asked }: { asked: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const { permissions } = useSession();
  const [query, setQuery] = useState("");
  const [search] = useDebouncedValue(query.trim(), 150);
  const wanted = search.length > 0;
  const company = useCompany();
  const hits = useQuery({
    ...searchQuery(search, company.id),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);

  const fold = (text: string) => text.toLocaleLowerCase(locale);
  const fits = ({ label }: Found) => fold(label).includes(fold(query.trim()));
  const screens = permitted(permissions)
    .flatMap((group) => group.entries)
    .map<Found>(({ to, name, icon }) => ({ to, label: t(`nav.${name}`), icon }))
    .filter(fits);
  const actions = permittedActions(permissions)
    .map<Found>(({ to, name, icon }) => ({ to, label: t(`action.${name}`), icon }))
    .filter(fits);
  const found = (wanted ? (hits.data ?? []) : []).map<Found>(({ type, id, code, title, inUse }) => ({
    to: linkOf(type, id),
    label: code,
    description: inUse ? title : t("frame.outOfUse", { title }),
    icon: iconOf[type] ?? "vouchers",
  }));
  const groups: [string, Found[]][] = [
    [t("frame.recent"), wanted ? [] : readRecent()],
    [t("frame.found"), found],
    [t("frame.actions"), actions],
    [t("frame.screens"), screens],
  ];
  const go = (found: Found) => {
    remember(found);
    navigate(found.to);
  };

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
        onKeyDown={(event) => {
          const nearest = groups.flatMap(([, all]) => all)[0];
          if (event.key !== "Enter" || store.getState().selected >= 0 || !nearest) return;
          event.preventDefault();
          palette.close();
          go(nearest);
        }}
        data-testid="palette-search"
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {groups.map(
          ([label, found]) =>
            found.length > 0 && (
              <Spotlight.ActionsGroup key={label} label={label}>
                {found.map((one) => (
                  <Spotlight.Action
                    key={one.to}
                    label={one.label}
                    {...(one.description !== undefined && { description: one.description })}
                    leftSection={<Icon name={one.icon} />}
                    onClick={() => go(one)}
                  />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {groups.every(([, found]) => found.length === 0) && (
          <Spotlight.Empty>{t("common.nothingFound")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
