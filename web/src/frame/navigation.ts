import type { IconName } from "@/parts/icons";

type Entry = {
  to: string;
  name:
    | "stock"
    | "places"
    | "units"
    | "stockAt"
    | "expected"
    | "receive"
    | "issue"
    | "transfer"
    | "reserve"
    | "reservations"
    | "movements"
    | "adjustments"
    | "items"
    | "partners"
    | "imports"
    | "vouchers"
    | "trialBalance"
    | "postingRules"
    | "inbox"
    | "tasks"
    | "labels"
    | "delegations"
    | "approvalRules"
    | "members"
    | "roles"
    | "clients"
    | "devices"
    | "periods"
    | "jobs"
    | "parkedEvents"
    | "health"
    | "audit"
    | "mails"
    | "exchanges"
    | "fields"
    | "companySettings";
  icon: IconName;
  permission: string;
};

type Group = {
  name: "stock" | "catalog" | "books" | "work" | "access" | "system";
  entries: readonly Entry[];
};

/** What can be opened, and which permission opens it. */
export const navigation: readonly Group[] = [
  {
    name: "stock",
    entries: [
      { to: "/stock", name: "stock", icon: "stock", permission: "inventory.stock.read" },
      { to: "/places", name: "places", icon: "places", permission: "inventory.stock.read" },
      { to: "/units", name: "units", icon: "pallet", permission: "inventory.stock.read" },
      { to: "/stock-at", name: "stockAt", icon: "history", permission: "inventory.stock.read" },
      { to: "/expected", name: "expected", icon: "expected", permission: "inventory.stock.read" },
      { to: "/receive", name: "receive", icon: "receive", permission: "inventory.receive" },
      { to: "/issue", name: "issue", icon: "issue", permission: "inventory.issue" },
      { to: "/transfer", name: "transfer", icon: "transfer", permission: "inventory.transfer" },
      { to: "/reserve", name: "reserve", icon: "reserve", permission: "inventory.reserve" },
      { to: "/reservations", name: "reservations", icon: "reservations", permission: "inventory.stock.read" },
      { to: "/movements", name: "movements", icon: "movements", permission: "inventory.stock.read" },
      { to: "/adjustments", name: "adjustments", icon: "adjust", permission: "inventory.stock.read" },
    ],
  },
  {
    name: "catalog",
    entries: [
      { to: "/items", name: "items", icon: "items", permission: "catalog.item.read" },
      { to: "/partners", name: "partners", icon: "partners", permission: "catalog.partner.read" },
      { to: "/imports", name: "imports", icon: "import", permission: "kernel.import.use" },
    ],
  },
  {
    name: "books",
    entries: [
      { to: "/vouchers", name: "vouchers", icon: "vouchers", permission: "accounting.voucher.read" },
      { to: "/trial-balance", name: "trialBalance", icon: "balance", permission: "accounting.voucher.read" },
      { to: "/posting-rules", name: "postingRules", icon: "rules", permission: "accounting.voucher.read" },
    ],
  },
  {
    name: "work",
    entries: [
      { to: "/inbox", name: "inbox", icon: "inbox", permission: "work.decide" },
      { to: "/tasks", name: "tasks", icon: "tasks", permission: "work.use" },
      { to: "/task-labels", name: "labels", icon: "labels", permission: "work.use" },
      { to: "/delegations", name: "delegations", icon: "delegate", permission: "work.decide" },
      { to: "/approval-rules", name: "approvalRules", icon: "approve", permission: "work.rule.write" },
    ],
  },
  {
    name: "access",
    entries: [
      { to: "/members", name: "members", icon: "user", permission: "identity.member.read" },
      { to: "/roles", name: "roles", icon: "lock", permission: "identity.member.read" },
      { to: "/clients", name: "clients", icon: "rules", permission: "identity.client.read" },
      { to: "/devices", name: "devices", icon: "device", permission: "identity.device.read" },
    ],
  },
  {
    name: "system",
    entries: [
      { to: "/periods", name: "periods", icon: "periods", permission: "company.read" },
      { to: "/jobs", name: "jobs", icon: "retry", permission: "kernel.job.read" },
      { to: "/parked-events", name: "parkedEvents", icon: "parked", permission: "kernel.parked.read" },
      { to: "/system-health", name: "health", icon: "health", permission: "kernel.health.read" },
      { to: "/audit", name: "audit", icon: "history", permission: "identity.history.read" },
      { to: "/mails", name: "mails", icon: "mail", permission: "kernel.mail.read" },
      { to: "/exchanges", name: "exchanges", icon: "import", permission: "kernel.exchange.manage" },
      { to: "/fields", name: "fields", icon: "columns", permission: "kernel.field.write" },
      { to: "/company-settings", name: "companySettings", icon: "letterhead", permission: "company.read" },
    ],
  },
];

export function permitted(permissions: readonly string[]): Group[] {
  return navigation
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => permissions.includes(entry.permission)),
    }))
    .filter((group) => group.entries.length > 0);
}

/** What can be begun from anywhere, and which permission allows it. */
const actions = [
  { to: "/receive", name: "receive", icon: "receive", permission: "inventory.receive" },
  { to: "/issue", name: "issue", icon: "issue", permission: "inventory.issue" },
  { to: "/transfer", name: "transfer", icon: "transfer", permission: "inventory.transfer" },
  { to: "/adjustments/new", name: "adjust", icon: "adjust", permission: "inventory.adjust" },
  { to: "/items/new", name: "newItem", icon: "plus", permission: "catalog.item.write" },
  { to: "/partners/new", name: "newPartner", icon: "plus", permission: "catalog.partner.write" },
  { to: "/imports/new", name: "import", icon: "import", permission: "kernel.import.use" },
] as const;

export const permittedActions = (permissions: readonly string[]) =>
  actions.filter(({ permission }) => permissions.includes(permission));
