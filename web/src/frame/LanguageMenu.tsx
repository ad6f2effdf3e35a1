import { Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionKey, writeTo } from "@/api/session";
import type { Locale } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import { changeLanguage, languages } from "@/i18n";

const names = { en: "English", tr: "Türkçe" } as const;

export function LanguageMenu() {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  // Mails come in the language of the screens; whoever is not signed in gets none.
  const { mutate: remember } = useMutation({ mutationFn: writeTo });
  const choose = (language: Locale) => {
    void changeLanguage(language);
    if (queryClient.getQueryData(sessionKey)) remember(language);
  };
  return (
    <Menu position="bottom-end" width={150}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          px={8}
          aria-label={`${locale.toUpperCase()} · ${t("frame.language")}`}
          data-testid="language"
        >
          {locale.toUpperCase()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            fw={language === locale ? 700 : 400}
            onClick={() => choose(language)}
            data-testid={`language-${language}`}
          >
            {names[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
