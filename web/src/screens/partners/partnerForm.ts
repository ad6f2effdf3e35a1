import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { PartnerDetail, PartnerFields } from "@/api/types";

export type AddressValues = {
  id: string | null;
  kind: string;
  name: string;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
};

export type ContactValues = { id: string | null; name: string; role: string; email: string; phone: string };

export type PartnerValues = {
  code: string;
  name: string;
  customer: boolean;
  supplier: boolean;
  country: string;
  taxNumber: string;
  taxOffice: string;
  currency: string;
  language: "en" | "tr";
  paymentDays: string;
  email: string;
  phone: string;
  website: string;
  note: string;
  addresses: AddressValues[];
  contacts: ContactValues[];
};

export const newAddress = (country: string): AddressValues => ({
  id: null,
  kind: "billing",
  name: "",
  street: "",
  city: "",
  region: "",
  postalCode: "",
  country,
});

export const newContact = (): ContactValues => ({ id: null, name: "", role: "", email: "", phone: "" });

export const newPartner: PartnerValues = {
  code: "",
  name: "",
  customer: true,
  supplier: false,
  country: "TR",
  taxNumber: "",
  taxOffice: "",
  currency: "",
  language: "tr",
  paymentDays: "30",
  email: "",
  phone: "",
  website: "",
  note: "",
  addresses: [],
  contacts: [],
};

export const valuesOf = ({ partner, addresses, contacts }: PartnerDetail): PartnerValues => ({
  code: partner.code,
  name: partner.name,
  customer: partner.customer,
  supplier: partner.supplier,
  country: partner.country,
  taxNumber: partner.taxNumber,
  taxOffice: partner.taxOffice,
  email: partner.email,
  phone: partner.phone,
  website: partner.website,
  note: partner.note,
  currency: partner.currency ?? "",
  language: partner.language === "tr" ? "tr" : "en",
  paymentDays: String(partner.paymentDays),
  addresses,
  contacts,
});

/** A new one like this one: what is only its own, the code and the tax number, is left out. */
export function copyOf(detail: PartnerDetail): PartnerValues {
  const { addresses, ...values } = valuesOf(detail);
  return {
    ...values,
    code: "",
    taxNumber: "",
    contacts: [],
    addresses: addresses.map((one) => ({ ...one, id: null })),
  };
}

/** What is sent: trimmed, without lines that say nothing. */
export function fieldsOf(values: PartnerValues): PartnerFields {
  const { code: _, paymentDays, currency, addresses, contacts, ...rest } = values;
  return {
    ...rest,
    name: rest.name.trim(),
    currency: currency === "" ? null : currency,
    paymentDays: Number(paymentDays),
    addresses: addresses.filter((one) => one.street !== "" || one.city !== ""),
    contacts: contacts.filter((one) => one.name !== ""),
  };
}

export function usePartnerForm(initialValues: PartnerValues) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() === "" ? t("common.needed") : null);
  return useForm<PartnerValues>({
    initialValues,
    validate: {
      code: needed,
      name: needed,
      country: needed,
      customer: (value, { supplier }) => (value || supplier ? null : t("partners.roleNeeded")),
      paymentDays: (days) => (/^\d{1,3}$/.test(days) && Number(days) <= 365 ? null : t("partners.daysFault")),
      addresses: {
        street: (value, { addresses }, path) => (isBlank(addresses, path) ? null : needed(value)),
        city: (value, { addresses }, path) => (isBlank(addresses, path) ? null : needed(value)),
      },
    },
  });
}

// A line in which nothing was written is left out, not complained about.
function isBlank(addresses: AddressValues[], path: string): boolean {
  const one = addresses[Number(path.split(".")[1])];
  return one !== undefined && one.street.trim() === "" && one.city.trim() === "";
}
