import { Alert, Button, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/parts/icons";

/** A field that both have, with what it says here and what it says there by now. */
export type Difference = { label: string; mine: string; theirs: string };

type OvertakenProps = {
  /** Null until their version has been fetched. */
  differences: readonly Difference[] | null;
  onTheirs: () => void;
  onMine: () => void;
  busy: boolean;
};

/** Somebody else saved first: both versions side by side, and a choice. Nothing is lost before it is made. */
export function Overtaken({ differences, onTheirs, onMine, busy }: OvertakenProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" icon={<Icon name="alert" />} role="alert" data-testid="overtaken">
      <Text size="sm" fw={600}>
        {t("overtaken.title")}
      </Text>
      {differences && (
        <Table my="xs" withRowBorders={false} maw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th>{t("overtaken.mine")}</Table.Th>
              <Table.Th>{t("overtaken.theirs")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ label, mine, theirs }) => (
              <Table.Tr key={label}>
                <Table.Th fw={400}>{label}</Table.Th>
                <Table.Td fw={600}>{mine || "–"}</Table.Td>
                <Table.Td fw={600}>{theirs || "–"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {differences?.length === 0 && (
        <Text size="sm" my="xs">
          {t("overtaken.same")}
        </Text>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={onMine} loading={busy} disabled={!differences} data-testid="keep-mine">
          {t("overtaken.keepMine")}
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs} data-testid="reload">
          {t("overtaken.takeTheirs")}
        </Button>
      </Group>
    </Alert>
  );
}
