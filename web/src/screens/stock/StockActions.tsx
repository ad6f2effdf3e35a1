import { ActionIcon, Group, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Stock } from "@/api/types";
import { Icon } from "@/parts/icons";
import { listOf } from "@/parts/list/condition";
import { RowLink } from "@/parts/RowAction";
import { useMay } from "@/session/company";

const actions = [
  { name: "receive", permission: "inventory.receive" },
  { name: "issue", permission: "inventory.issue" },
  { name: "transfer", permission: "inventory.transfer" },
  { name: "reserve", permission: "inventory.reserve" },
] as const;

/** What can be done with one row; the forms open prefilled. */
export function StockActions({ row }: { row: Stock }) {
  const { t } = useTranslation();
  const may = {
    receive: useMay(actions[0].permission),
    issue: useMay(actions[1].permission),
    transfer: useMay(actions[2].permission),
    reserve: useMay(actions[3].permission),
  };
  const query = `item=${row.itemId}&warehouse=${row.warehouseId}`;
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {actions
        .filter(({ name }) => may[name])
        .map(({ name }) => (
          <RowLink
            key={name}
            icon={name}
            tip={t(`nav.${name}`)}
            label={t(`stock.${name}Row`, { item: row.itemCode })}
            to={`/${name}?${query}`}
            visibleFrom="md"
            data-testid={`row-${name}`}
          />
        ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("stock.more", { item: row.itemCode })}
            data-testid="row-more"
          >
            <Icon name="dots" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions
            .filter(({ name }) => may[name])
            .map(({ name }) => (
              <Menu.Item
                key={name}
                component={Link}
                to={`/${name}?${query}`}
                hiddenFrom="md"
                leftSection={<Icon name={name} size={16} />}
              >
                {t(`nav.${name}`)}
              </Menu.Item>
            ))}
          <Menu.Item
            component={Link}
            to={listOf("/places", { item: row.itemCode, warehouse: row.warehouseCode })}
            data-testid="row-places"
          >
            {t("stock.placesHere")}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={listOf("/movements", { item: row.itemCode, warehouse: row.warehouseCode })}
            data-testid="row-movements"
          >
            {t("stock.movementsHere")}
          </Menu.Item>
          <Menu.Item component={Link} to={listOf("/movements", { item: row.itemCode })}>
            {t("stock.movementsAll")}
          </Menu.Item>
          <Menu.Item component={Link} to={`/items/${row.itemId}`}>
            {t("stock.openItem")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
