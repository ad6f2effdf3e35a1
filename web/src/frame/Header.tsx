import { ActionIcon, Box, Burger, Button, Group, Kbd, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "@/parts/icons";
import { useCompanyChoice } from "@/session/company";
import { Bell } from "./Bell";
import classes from "./Frame.module.css";
import { LanguageMenu } from "./LanguageMenu";
import { LiveMark } from "./LiveMark";
import { ThemeMenu } from "./ThemeMenu";
import { UserMenu } from "./UserMenu";

type HeaderProps = { menuOpened: boolean; onMenu: () => void; onSearch: () => void; onKeys: () => void };

export function Header({ menuOpened, onMenu, onSearch, onKeys }: HeaderProps) {
  const { t } = useTranslation();
  const { session, company, choose } = useCompanyChoice();
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={menuOpened} onClick={onMenu} hiddenFrom="md" size="sm" aria-label={t("frame.menu")} />
        <Link to="/" className={classes.brand}>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <Box component="span" visibleFrom="sm" w={112}>
            Millrace
          </Box>
        </Link>
        <Select
          aria-label={t("frame.company")}
          data={session.companies.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
          value={company?.id ?? null}
          onChange={(id) => id && choose(id)}
          allowDeselect={false}
          size="xs"
          w={{ base: 110, xs: 200, md: 250 }}
          comboboxProps={{ width: 300, position: "bottom-start" }}
          data-testid="company"
        />
        {session.tenant.name !== company?.name && (
          <Text size="xs" c="dimmed" visibleFrom="lg" truncate data-testid="tenant">
            {session.tenant.name}
          </Text>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="xs"
          onClick={onSearch}
          leftSection={<Icon name="search" size={15} />}
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          visibleFrom="md"
          data-testid="open-search"
        >
          {t("frame.search")}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={onSearch}
          hiddenFrom="md"
          aria-label={t("frame.search")}
        >
          <Icon name="search" />
        </ActionIcon>
        <LiveMark />
        <Bell />
        <Group gap="xs" wrap="nowrap" visibleFrom="sm">
          <LanguageMenu />
          <ThemeMenu />
        </Group>
        <UserMenu onKeys={onKeys} />
      </Group>
    </Group>
  );
}
