import { ActionIcon, Tooltip } from "@mantine/core";
import { Link } from "react-router";
import { Icon, type IconName } from "@/parts/icons";

type RowActionProps = {
  icon: IconName;
  /** What it does, in a word; the tooltip. */
  tip: string;
  /** The same with the name of the row, for who hears the screen. */
  label: string;
  to: string;
  visibleFrom?: "md";
  "data-testid": string;
};

const look = { variant: "subtle", color: "gray", size: "sm" } as const;

/** A way from a row of a table to the form that goes on with it. */
export function RowLink({ icon, tip, label, to, ...rest }: RowActionProps) {
  return (
    <Tooltip label={tip}>
      <ActionIcon component={Link} to={to} {...look} aria-label={label} {...rest}>
        <Icon name={icon} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The same for a file that is loaded. */
export function RowFile({ icon, tip, label, to, ...rest }: RowActionProps) {
  return (
    <Tooltip label={tip}>
      <ActionIcon component="a" href={to} download {...look} aria-label={label} {...rest}>
        <Icon name={icon} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The same for what is done at once. */
export function RowButton({
  icon,
  tip,
  label,
  onClick,
  ...rest
}: Omit<RowActionProps, "to"> & { onClick: () => void }) {
  return (
    <Tooltip label={tip}>
      <ActionIcon onClick={onClick} {...look} aria-label={label} {...rest}>
        <Icon name={icon} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
