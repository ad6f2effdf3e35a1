import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Icon, type IconName } from "./icons";

type NewButtonProps = { to: string; label: string; icon?: IconName; "data-testid": string };

/** The one thing that is begun from a list. */
export function NewButton({ to, label, icon = "plus", "data-testid": testId }: NewButtonProps) {
  return (
    <Button component={Link} to={to} leftSection={<Icon name={icon} size={16} />} data-testid={testId}>
      {label}
    </Button>
  );
}
