import { ActionIcon, Anchor, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { Icon } from "@/parts/icons";
import { readWalk, stepOf } from "@/parts/list/walk";
import { useKey } from "./keys";
import { navigation } from "./navigation";

/** Where one is: department and list, and how one goes on through the list one came from. */
export function Trail() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen may stand in the kept list
  const walk = useMemo(readWalk, [pathname]);
  const step = stepOf(walk, pathname);
  useKey("next", () => step?.after && navigate(step.after));
  useKey("previous", () => step?.before && navigate(step.before));
  const group = navigation.find(({ entries }) => entries.some(({ to }) => isIn(pathname, to)));
  const entry = group?.entries.find(({ to }) => isIn(pathname, to));
  if (!group || !entry) return null;
  return (
    <Group justify="space-between" wrap="nowrap" mb={4} mih={22}>
      <nav aria-label={t("frame.trail")} data-testid="trail">
        <Text size="xs" c="dimmed" component="span">
          {t(`navGroup.${group.name}`)}
          {pathname !== entry.to && (
            <>
              {" › "}
              <Anchor component={Link} to={step?.list ?? entry.to} size="xs" data-testid="trail-list">
                {t(`nav.${entry.name}`)}
              </Anchor>
            </>
          )}
        </Text>
      </nav>
      {step && (
        <Group gap={4} wrap="nowrap" data-testid="walk">
          <Way to={step.before} label={t("list.previous")} icon="up" testId="walk-previous" />
          <Text size="xs" c="dimmed">
            {t("list.step", { at: step.at, of: `${step.of}${step.more ? "+" : ""}` })}
          </Text>
          <Way to={step.after} label={t("list.next")} icon="down" testId="walk-next" />
        </Group>
      )}
    </Group>
  );
}

const isIn = (pathname: string, to: string) => pathname === to || pathname.startsWith(`${to}/`);

type WayProps = { to: string | undefined; label: string; icon: "up" | "down"; testId: string };

function Way({ to, label, icon, testId }: WayProps) {
  if (to === undefined)
    return (
      <ActionIcon variant="subtle" color="gray" size="sm" disabled aria-label={label}>
        <Icon name={icon} size={15} />
      </ActionIcon>
    );
  return (
    <ActionIcon
      component={Link}
      to={to}
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      title={label}
      data-testid={testId}
    >
      <Icon name={icon} size={15} />
    </ActionIcon>
  );
}
