import { ActionIcon, Menu, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { signOut } from "@/api/session";
import { Icon } from "@/parts/icons";
import { useSession } from "@/session/company";

export function UserMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const { user, tenant, tenants } = useSession();
  const leave = useMutation({
    mutationFn: (_target: string) => signOut(),
    // A full load leaves nothing of this person in memory.
    onSuccess: (_answer, target) => window.location.assign(target),
  });
  const others = tenants.filter(({ id }) => id !== tenant.id);
  const email = encodeURIComponent(user.email);
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="light"
          radius="xl"
          size="lg"
          aria-label={t("frame.user")}
          data-testid="user-menu"
        >
          <Icon name="user" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="bright">
            {user.name}
          </Text>
          <Text size="xs">{user.email}</Text>
          <Text size="xs">{tenant.name}</Text>
        </Menu.Label>
        <Menu.Divider />
        {others.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => leave.mutate(`/sign-in?tenant=${id}&email=${email}`)}>
            {t("frame.signInTo", { name })}
          </Menu.Item>
        ))}
        <Menu.Item component={Link} to="/account" data-testid="nav-account">
          {t("frame.account")}
        </Menu.Item>
        <Menu.Item onClick={onKeys} data-testid="keys">
          {t("keys.title")}
        </Menu.Item>
        <Menu.Item onClick={() => leave.mutate("/sign-in")} data-testid="sign-out">
          {t("frame.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
