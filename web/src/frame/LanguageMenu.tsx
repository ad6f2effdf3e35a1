import { Button, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocale } from "@/format/useFormat";
import { changeLanguage, languages } from "@/i18n";

const names = { en: "English", tr: "Türkçe" } as const;

export function LanguageMenu() {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Menu position="bottom-end" width={150}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          px={8}
          aria-label={t("frame.language")}
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
            onClick={() => void changeLanguage(language)}
            data-testid={`language-${language}`}
          >
            {names[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
