import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Locale } from "@/format/decimal";

export const languages: readonly Locale[] = ["en", "tr"];

const storageKey = "millrace.language";

const texts: Record<Locale, () => Promise<{ default: object }>> = {
  en: () => import("./en.json"),
  tr: () => import("./tr.json"),
};

/** Loads the reader's language only: the remembered one, else the browser's. */
export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await changeLanguage(rememberedLanguage());
}

export async function changeLanguage(language: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation"))
    i18next.addResourceBundle(language, "translation", (await texts[language]()).default);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

function rememberedLanguage(): Locale {
  const remembered = localStorage.getItem(storageKey);
  if (remembered === "en" || remembered === "tr") return remembered;
  return navigator.languages.some((language) => language.startsWith("tr")) ? "tr" : "en";
}
