import { Checkbox, Fieldset, ScrollArea, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { permissionsQuery } from "@/api/identity";
import { useWords } from "@/i18n/useWords";
import { Loading, ProblemNote } from "./Notes";

type PermissionPickerProps = { value: string[]; onChange: (value: string[]) => void; error?: string | null };

/** Everything the modules declare, to choose from. */
export function PermissionPicker({ value, onChange, error }: PermissionPickerProps) {
  const { t } = useTranslation();
  const words = useWords();
  const declared = useQuery(permissionsQuery);
  if (declared.isPending) return <Loading rows={4} />;
  if (declared.error) return <ProblemNote error={declared.error} onRetry={declared.refetch} />;
  return (
    <Fieldset legend={t("roles.permissions")} p="sm">
      <ScrollArea.Autosize mah={300} type="auto">
        <Checkbox.Group value={value} onChange={onChange} aria-label={t("roles.permissions")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6}>
            {declared.data.items.map(({ name, sentence }) => (
              <Checkbox
                key={name}
                value={name}
                label={words.permission(name, sentence)}
                data-testid={`permission-${name}`}
              />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      </ScrollArea.Autosize>
      {error && (
        <Text size="xs" c="red" mt={4} role="alert">
          {error}
        </Text>
      )}
    </Fieldset>
  );
}
