import { Box, NavLink, ScrollArea } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Icon } from "@/parts/icons";
import { useSession } from "@/session/company";
import classes from "./Frame.module.css";
import { InboxCount } from "./InboxCount";
import { permitted } from "./navigation";
import { prefetchScreen } from "./prefetch";

export function Navigation() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const { pathname } = useLocation();
  // The entry of the screen that is open is never below the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen has another entry
  useEffect(() => {
    document.querySelector("nav [aria-current=page]")?.scrollIntoView?.({ block: "nearest" });
  }, [pathname]);
  return (
    <ScrollArea type="auto">
      <NavLink
        component={Link}
        to="/"
        className={classes.link}
        label={t("nav.start")}
        leftSection={<Icon name="sun" size={18} />}
        active={pathname === "/"}
        aria-current={pathname === "/" ? "page" : undefined}
        data-testid="nav-start"
        mb={4}
      />
      {permitted(permissions).map((group) => (
        <Box key={group.name} mb={4}>
          <div className={classes.group}>{t(`navGroup.${group.name}`)}</div>
          {group.entries.map(({ to, name, icon }) => {
            const active = pathname === to || pathname.startsWith(`${to}/`);
            return (
              <NavLink
                key={to}
                component={Link}
                to={to}
                onMouseEnter={() => prefetchScreen(to)}
                onFocus={() => prefetchScreen(to)}
                className={classes.link}
                label={t(`nav.${name}`)}
                leftSection={<Icon name={icon} size={18} />}
                rightSection={name === "inbox" && <InboxCount />}
                active={active}
                aria-current={active ? "page" : undefined}
                data-testid={`nav-${to.slice(1)}`}
              />
            );
          })}
        </Box>
      ))}
    </ScrollArea>
  );
}
