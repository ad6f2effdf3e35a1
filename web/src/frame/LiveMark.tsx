import { Box, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "@/live/LiveProvider";
import classes from "./Frame.module.css";

/** Tells whether what is on the screen keeps itself up to date. */
export function LiveMark() {
  const { t } = useTranslation();
  const { state } = useLive();
  return (
    <Tooltip label={t(`live.${state}Text`)} multiline maw={280}>
      <span className={classes.state} data-testid="live-state" data-state={state} role="status">
        <span className={classes.dot} />
        <Box component="span" visibleFrom="sm">
          {t(`live.${state}`)}
        </Box>
      </span>
    </Tooltip>
  );
}
