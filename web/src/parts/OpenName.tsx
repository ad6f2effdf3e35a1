import { Anchor } from "@mantine/core";

type OpenNameProps = { name: string; may: boolean; onOpen: () => void; "data-testid"?: string };

/** The name of a row; for whoever may change it, the way into its form. */
export function OpenName({ name, may, onOpen, "data-testid": testId }: OpenNameProps) {
  if (!may) return name;
  return (
    <Anchor component="button" type="button" size="sm" fw={600} onClick={onOpen} data-testid={testId}>
      {name}
    </Anchor>
  );
}
