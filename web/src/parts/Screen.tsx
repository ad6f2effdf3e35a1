import { Box, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

type ScreenProps = {
  title: string;
  lead?: string | undefined;
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
};

/** The frame of one screen: what it is, what can be done, and the work itself. */
export function Screen({ title, lead, actions, narrow = false, children }: ScreenProps) {
  useDocumentTitle(`${title} · Millrace`);
  return (
    // On a very wide screen a line is still read in one look.
    <Box maw={narrow ? 1040 : "max(1500px, 65vw)"}>
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Box>
          <Title order={1} size="h3">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" size="sm" mt={2}>
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
