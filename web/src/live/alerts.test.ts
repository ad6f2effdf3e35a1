import { notificationsStore } from "@mantine/notifications";
import { expect, it } from "vitest";
import { tellAlerts } from "./alerts";

it("A new alert is told once, one that is over and other events are not", () => {
  const alert = (name: string, isOpen: boolean) => ({
    position: 1,
    type: "AlertChanged",
    aggregate: `alert/${name}`,
    data: { name, isOpen, severity: "critical" },
  });
  const other = { position: 2, type: "StockReceived", aggregate: "a", data: { isOpen: true } };
  const events = [alert("DiskLow", true), alert("DiskLow", true), alert("JobsLate", false), other];

  tellAlerts({ through: 2, resync: false, events });

  expect(notificationsStore.getState().notifications.map(({ id }) => id)).toEqual(["alert-DiskLow"]);
});
