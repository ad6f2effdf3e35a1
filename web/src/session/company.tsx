import { useLocalStorage } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Company, Session } from "@/api/types";

type Place = { session: Session; company: Company | null; choose: (companyId: string) => void };

const PlaceContext = createContext<Place | null>(null);

/** Who is signed in and which company they look at; the choice is remembered per tenant. */
export function PlaceProvider({ session, children }: { session: Session; children: ReactNode }) {
  const [chosen, choose] = useLocalStorage({
    key: `millrace.company.${session.tenant.id}`,
    defaultValue: "",
    getInitialValueInEffect: false,
  });
  const place = useMemo<Place>(() => {
    const company = session.companies.find(({ id }) => id === chosen) ?? session.companies[0] ?? null;
    return { session, company, choose };
  }, [session, chosen, choose]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("Only to be used inside PlaceProvider.");
  return place;
}

export const useSession = () => usePlace().session;

export const useCompanyChoice = () => usePlace();

export const useCompanyOrNone = () => useContext(PlaceContext)?.company ?? null;

/** The current company; the frame shows no screen while there is none. */
export function useCompany(): Company {
  const { company } = usePlace();
  if (!company) throw new Error("There is no company to work in.");
  return company;
}

export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}
