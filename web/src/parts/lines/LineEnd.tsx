import { ActionIcon, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shortage } from "@/api/types";
import { Icon } from "../icons";
import classes from "./LineTable.module.css";
import { ShortageNote } from "./ShortageNote";

/** The last cell of a line: takes it away. */
export function RemoveCell({ number, onRemove }: { number: number; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <td className={classes.remove}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("lines.remove", { number })}
        onClick={onRemove}
        data-testid={`line-${number}-remove`}
      >
        <Icon name="close" size={16} />
      </ActionIcon>
    </td>
  );
}

type ShortageRowProps = { shortage: Shortage | undefined; unit: string; columns: number };

/** Below a line for which there is not enough: what is missing. */
export function ShortageRow({ shortage, unit, columns }: ShortageRowProps) {
  if (shortage === undefined) return null;
  return (
    <tr className={classes.shortage}>
      <td />
      <td colSpan={columns}>
        <Text size="sm" component="div">
          <ShortageNote shortage={shortage} unit={unit} />
        </Text>
      </td>
    </tr>
  );
}
