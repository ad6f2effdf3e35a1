import { notifications } from "@mantine/notifications";
import i18n from "i18next";
import type { LiveMessage } from "./feed";

/** Says a new alert of the installation to whoever is at the screen; the stream carries it only to those who may see it. */
export function tellAlerts({ events }: LiveMessage): void {
  for (const { type, data } of events) {
    if (type !== "AlertChanged" || data.isOpen !== true) continue;
    const key = `health.name.${String(data.name)}`;
    notifications.show({
      id: `alert-${String(data.name)}`,
      color: data.severity === "critical" ? "red" : "yellow",
      title: i18n.t("health.toast"),
      message: i18n.exists(key) ? (i18n.t as unknown as (key: string) => string)(key) : String(data.name),
      autoClose: 20_000,
    });
  }
}
