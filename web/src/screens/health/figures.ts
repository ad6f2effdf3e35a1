import { useTranslation } from "react-i18next";
import { useFormat } from "@/format/useFormat";

export const colourOf = (level: string) => (level === "Red" ? "red" : level === "Amber" ? "yellow" : "green");

/** A figure with its unit in the reader's language: 3 min, 12 %, 4 days. */
export function useFigure() {
  const { t } = useTranslation();
  const { quantity } = useFormat();
  return (figure: string, unit: string): string => {
    const number = Number(figure);
    if (unit === "%") return t("health.unit.percent", { figure: quantity(figure) });
    if (unit === "d") return t("health.unit.days", { figure: quantity(figure) });
    if (unit === "h") return t("health.unit.hours", { figure: quantity(figure) });
    if (unit === "min") return t("health.unit.minutes", { figure: quantity(figure) });
    if (unit !== "s") return quantity(figure);
    if (number >= 120) return t("health.unit.minutes", { figure: quantity(String(Math.round(number / 60))) });
    return t("health.unit.seconds", { figure: quantity(number.toFixed(number < 10 ? 1 : 0)) });
  };
}
