import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactElement } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";
import type { Session } from "@/api/types";
import type { Locale } from "@/format/decimal";
import en from "@/i18n/en.json";
import tr from "@/i18n/tr.json";
import { PlaceProvider } from "@/session/company";
import { theme } from "@/theme";

const session: Session = {
  user: { id: "u1", name: "Test Person", email: "person@example.com" },
  tenant: { id: 1, name: "Tenant" },
  tenants: [{ id: 1, name: "Tenant" }],
  permissions: [
    "inventory.stock.read",
    "inventory.issue",
    "inventory.transfer",
    "inventory.reverse",
    "inventory.receive",
    "accounting.voucher.read",
    "work.use",
  ],
  companies: [
    { id: "c1", code: "01", name: "Company", currency: "TRY", minorDigits: 2, timeZone: "Europe/Istanbul" },
  ],
};

/** Renders one screen as a signed-in person sees it, at an address and in a language. */
export async function show(screen: ReactElement, { path = "/", language = "en" as Locale } = {}) {
  const i18n = i18next.createInstance();
  await i18n.use(initReactI18next).init({
    lng: language,
    resources: { en: { translation: en }, tr: { translation: tr } },
    interpolation: { escapeValue: false },
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={queryClient}>
          <MemoryRouter initialEntries={[path]}>
            <PlaceProvider session={session}>{screen}</PlaceProvider>
          </MemoryRouter>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  );
}
