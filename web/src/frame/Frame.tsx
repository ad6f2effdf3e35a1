import { AppShell, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { Empty } from "@/parts/Notes";
import { useCompanyChoice } from "@/session/company";
import classes from "./Frame.module.css";
import { Header } from "./Header";
import { KeyHelp } from "./KeyHelp";
import { LanguageMenu } from "./LanguageMenu";
import { LeaveQuestion } from "./LeaveQuestion";
import { Navigation } from "./Navigation";
import { OfflineBar } from "./OfflineBar";
import { ThemeMenu } from "./ThemeMenu";
import { Trail } from "./Trail";

const Palette = lazy(() => import("./Palette"));

/** Navigation, header and the current screen. */
export function Frame() {
  const { t } = useTranslation();
  const { company } = useCompanyChoice();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [helpOpened, help] = useDisclosure(false);
  const [palette, setPalette] = useState(0);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the burger menu closes when another screen opens
  useEffect(close, [pathname]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPalette((count) => count + 1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#work" className={classes.skip}>
        {t("frame.skip")}
      </a>
      <AppShell.Header>
        <Header
          menuOpened={opened}
          onMenu={toggle}
          onSearch={() => setPalette((count) => count + 1)}
          onKeys={help.open}
        />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t("frame.navigation")}>
        <Navigation />
        <Group gap="xs" pt="xs" hiddenFrom="sm">
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id="work" tabIndex={-1} className={classes.main}>
        <OfflineBar />
        <Trail />
        {company ? (
          <Outlet key={company.id} />
        ) : (
          <Empty title={t("frame.noCompany")} text={t("frame.noCompanyText")} />
        )}
      </AppShell.Main>
      <LeaveQuestion />
      <KeyHelp opened={helpOpened} onOpen={help.open} onClose={help.close} />
      {palette > 0 && (
        <Suspense>
          <Palette asked={palette} />
        </Suspense>
      )}
    </AppShell>
  );
}
