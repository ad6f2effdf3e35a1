import { listOf } from "@/parts/list/condition";

/** Where the rows behind a figure of the start page stand; a figure without an address here leads nowhere. */
export function addressOf(card: string, today: string): string | null {
  switch (card) {
    case "inbox":
      return "/inbox";
    case "tasks":
    case "lateTasks":
      return listOf("/tasks", { mine: "true" });
    case "draftAdjustments":
      return listOf("/adjustments", { state: "draft" });
    case "waitingAdjustments":
      return listOf("/adjustments", { state: "waiting" });
    case "waitingDemands":
      return listOf("/reservations", { state: "waiting" });
    case "lateSupply":
      return listOf("/reservations", { state: "expected" });
    case "movements":
      return listOf("/movements", { date: today });
    case "vouchers":
      return listOf("/vouchers", { date: today });
    case "newItems":
      return "/items?sort=-created&columns=code,name,kind,unit,created";
    case "parkedEvents":
      return "/parked-events";
    case "jobs":
      return listOf("/jobs", { state: "failed" });
    case "exchanges":
      return "/exchanges";
    case "mails":
      return "/mails";
    case "periods":
      return "/periods";
    default:
      return null;
  }
}
