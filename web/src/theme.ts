import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const mill: MantineColorsTuple = [
  "#e8f6f7",
  "#d3e9eb",
  "#a6d2d6",
  "#76bac0",
  "#4fa6ad",
  "#3599a2",
  "#22919b",
  "#107e88",
  "#0f6e78",
  "#005f69",
];

const small = { defaultProps: { size: "sm" } };

/** Calm and dense: small controls, one accent colour, system typefaces (nothing is fetched from elsewhere). */
export const theme = createTheme({
  colors: { mill },
  primaryColor: "mill",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: "650" },
  components: {
    TextInput: small,
    PasswordInput: small,
    Select: small,
    Button: small,
    DateInput: small,
    Notification: { styles: { description: { color: "var(--mantine-color-dimmed)" } } },
    Modal: { styles: { title: { fontWeight: 650 } } },
    Badge: {
      defaultProps: { variant: "light", radius: "sm", fw: 600, tt: "none" },
      styles: { root: { width: "max-content", maxWidth: "none" }, label: { overflow: "visible" } },
    },
  },
});

/** Secondary text, links and the words of states with enough contrast to be read on every background used here. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#59646d",
    "--mantine-color-placeholder": "#75808a",
    "--mantine-color-green-light-color": "#1f6b2e",
    "--mantine-color-yellow-light-color": "#7a4a00",
    "--mantine-color-orange-light-color": "#9c3706",
    "--mantine-color-red-light-color": "#a81e1e",
    "--mantine-color-blue-light-color": "#14599e",
    "--mantine-color-gray-light-color": "#495057",
  },
  dark: {
    "--mantine-color-dimmed": "#a3abb2",
    "--mantine-color-placeholder": "#838b93",
    "--mantine-color-anchor": "#7cc4ca",
  },
});
