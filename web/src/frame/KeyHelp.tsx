import { Group, Kbd, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSession } from "@/session/company";
import { type KeyName, keys, useKey } from "./keys";
import { permitted } from "./navigation";

type KeyHelpProps = { opened: boolean; onOpen: () => void; onClose: () => void };

const places = ["everywhere", "lists", "documents"] as const;
const names = Object.keys(keys) as KeyName[];
const jumps = names.filter((name) => "to" in keys[name]);

/** All keys on one page, opened by a question mark; it listens to those that lead to screens, too. */
export function KeyHelp({ opened, onOpen, onClose }: KeyHelpProps) {
  const { t } = useTranslation();
  useKey("help", onOpen);
  return (
    <>
      {jumps.map((name) => (
        <Jump key={name} name={name} />
      ))}
      <Modal
        opened={opened}
        onClose={onClose}
        title={t("keys.title")}
        size="lg"
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" data-testid="key-help">
          {places.map((place) => (
            <Stack key={place} gap={6}>
              <Text size="sm" fw={600}>
                {t(`keys.of.${place}`)}
              </Text>
              {names
                .filter((name) => keys[name].of === place)
                .map((name) => (
                  <Group key={name} justify="space-between" wrap="nowrap">
                    <Text size="sm">{t(`keys.${name}`)}</Text>
                    <Group gap={4} wrap="nowrap">
                      {keys[name].keys.map((key) => (
                        <Kbd key={key} size="xs">
                          {key}
                        </Kbd>
                      ))}
                    </Group>
                  </Group>
                ))}
            </Stack>
          ))}
        </SimpleGrid>
      </Modal>
    </>
  );
}

function Jump({ name }: { name: KeyName }) {
  const navigate = useNavigate();
  const { permissions } = useSession();
  const key = keys[name];
  const to = "to" in key ? key.to : "/";
  const may = permitted(permissions).some(({ entries }) => entries.some((entry) => entry.to === to));
  useKey(name, () => may && navigate(to));
  return null;
}
