import { createBrowserRouter, type RouteObject } from "react-router";
import { NotFound } from "./frame/NotFound";
import { Permitted } from "./frame/Permitted";
import { knowScreen, type ScreenModule } from "./frame/prefetch";
import { RouteFailed } from "./frame/RouteFailed";
import { SignedIn } from "./session/SignedIn";

/** A screen that is loaded when it is first opened, and only shown to those who may use it. */
function screen(path: string, permission: string, load: () => ScreenModule): RouteObject {
  knowScreen(path, load);
  return {
    path,
    lazy: async () => {
      const { Screen } = await load();
      return {
        element: (
          <Permitted permission={permission}>
            <Screen />
          </Permitted>
        ),
      };
    },
  };
}

export const routes: RouteObject[] = [
  {
    path: "/sign-in",
    errorElement: <RouteFailed />,
    hydrateFallbackElement: <span />,
    lazy: async () => ({ Component: (await import("./screens/sign-in/SignInScreen")).Screen }),
  },
  {
    errorElement: <RouteFailed />,
    hydrateFallbackElement: <span />,
    children: [
      {
        path: "/invitation",
        lazy: async () => ({ Component: (await import("./screens/welcome/InvitationScreen")).Screen }),
      },
      {
        path: "/new-password",
        lazy: async () => ({ Component: (await import("./screens/welcome/NewPasswordScreen")).Screen }),
      },
      {
        path: "/forgot-password",
        lazy: async () => ({ Component: (await import("./screens/welcome/ForgotScreen")).Screen }),
      },
    ],
  },
  {
    path: "/",
    element: <SignedIn />,
    errorElement: <RouteFailed />,
    hydrateFallbackElement: <span />,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import("./screens/start/StartScreen")).Screen }),
      },
      {
        errorElement: <RouteFailed />,
        children: [
          screen("stock", "inventory.stock.read", () => import("./screens/stock/StockScreen")),
          screen("places", "inventory.stock.read", () => import("./screens/places/PlacesScreen")),
          screen("places/bins", "inventory.stock.read", () => import("./screens/bins/BinsScreen")),
          screen("units", "inventory.stock.read", () => import("./screens/units/UnitsScreen")),
          screen("units/:sscc", "inventory.stock.read", () => import("./screens/units/UnitScreen")),
          screen("stock-at", "inventory.stock.read", () => import("./screens/stock-at/StockAtScreen")),
          screen("expected", "inventory.stock.read", () => import("./screens/expected/ExpectedScreen")),
          screen("receive", "inventory.receive", () => import("./screens/receive/ReceiveScreen")),
          screen("issue", "inventory.issue", () => import("./screens/issue/IssueScreen")),
          screen("transfer", "inventory.transfer", () => import("./screens/transfer/TransferScreen")),
          screen("reserve", "inventory.reserve", () => import("./screens/reserve/ReserveScreen")),
          screen(
            "reservations",
            "inventory.stock.read",
            () => import("./screens/reservations/ReservationsScreen"),
          ),
          screen("movements", "inventory.stock.read", () => import("./screens/movements/MovementsScreen")),
          screen(
            "adjustments",
            "inventory.stock.read",
            () => import("./screens/adjustments/AdjustmentsScreen"),
          ),
          screen("adjustments/new", "inventory.adjust", () => import("./screens/adjustments/EditScreen")),
          screen(
            "adjustments/:id",
            "inventory.stock.read",
            () => import("./screens/adjustments/AdjustmentScreen"),
          ),
          screen(
            "adjustments/:id/edit",
            "inventory.adjust",
            () => import("./screens/adjustments/EditScreen"),
          ),
          screen("inbox", "work.decide", () => import("./screens/inbox/InboxScreen")),
          screen("tasks", "work.use", () => import("./screens/tasks/TasksScreen")),
          screen("task-labels", "work.use", () => import("./screens/task-labels/LabelsScreen")),
          screen("delegations", "work.decide", () => import("./screens/delegations/DelegationsScreen")),
          screen(
            "approval-rules",
            "work.rule.write",
            () => import("./screens/approval-rules/ApprovalRulesScreen"),
          ),
          screen("items", "catalog.item.read", () => import("./screens/items/ItemsScreen")),
          screen("items/new", "catalog.item.write", () => import("./screens/items/NewItemScreen")),
          screen("items/:id", "catalog.item.read", () => import("./screens/items/ItemScreen")),
          screen("items/:id/lot", "inventory.stock.read", () => import("./screens/lot/LotScreen")),
          screen("partners", "catalog.partner.read", () => import("./screens/partners/PartnersScreen")),
          screen(
            "partners/new",
            "catalog.partner.write",
            () => import("./screens/partners/NewPartnerScreen"),
          ),
          screen("partners/:id", "catalog.partner.read", () => import("./screens/partners/PartnerScreen")),
          screen("imports", "kernel.import.use", () => import("./screens/imports/ImportsScreen")),
          screen("imports/new", "kernel.import.use", () => import("./screens/imports/NewImportScreen")),
          screen("imports/:id", "kernel.import.use", () => import("./screens/imports/ImportScreen")),
          screen("vouchers", "accounting.voucher.read", () => import("./screens/vouchers/VouchersScreen")),
          screen("vouchers/:id", "accounting.voucher.read", () => import("./screens/vouchers/VoucherScreen")),
          screen(
            "trial-balance",
            "accounting.voucher.read",
            () => import("./screens/trial-balance/TrialBalanceScreen"),
          ),
          screen(
            "posting-rules",
            "accounting.voucher.read",
            () => import("./screens/posting-rules/PostingRulesScreen"),
          ),
          screen("periods", "company.read", () => import("./screens/periods/PeriodsScreen")),
          screen("jobs", "kernel.job.read", () => import("./screens/jobs/JobsScreen")),
          screen(
            "parked-events",
            "kernel.parked.read",
            () => import("./screens/parked-events/ParkedEventsScreen"),
          ),
          screen("system-health", "kernel.health.read", () => import("./screens/health/HealthScreen")),
          screen("members", "identity.member.read", () => import("./screens/members/MembersScreen")),
          screen("members/:id", "identity.member.read", () => import("./screens/members/MemberScreen")),
          screen("roles", "identity.member.read", () => import("./screens/roles/RolesScreen")),
          screen("clients", "identity.client.read", () => import("./screens/clients/ClientsScreen")),
          screen("devices", "identity.device.read", () => import("./screens/devices/DevicesScreen")),
          {
            path: "account",
            lazy: async () => ({ Component: (await import("./screens/account/AccountScreen")).Screen }),
          },
          {
            path: "authorize",
            lazy: async () => ({ Component: (await import("./screens/consent/ConsentScreen")).Screen }),
          },
          screen("audit", "identity.history.read", () => import("./screens/audit/AuditScreen")),
          screen("exchanges", "kernel.exchange.manage", () => import("./screens/exchanges/ExchangesScreen")),
          screen("fields", "kernel.field.write", () => import("./screens/fields/FieldsScreen")),
          screen("mails", "kernel.mail.read", () => import("./screens/mails/MailsScreen")),
          screen(
            "company-settings",
            "company.read",
            () => import("./screens/company-settings/CompanySettingsScreen"),
          ),
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
