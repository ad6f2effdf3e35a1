import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import type { createRouter } from "./routes";
import { cssVariables, theme } from "./theme";

type AppProps = { queryClient: QueryClient; router: ReturnType<typeof createRouter> };

export function App({ queryClient, router }: AppProps) {
  const { t } = useTranslation();
  // A note does not say by itself what its cross is for.
  const named = useMemo(() => {
    const closeButtonProps = { "aria-label": t("common.close") };
    return mergeThemeOverrides(theme, {
      components: { Notification: { defaultProps: { closeButtonProps } } },
    });
  }, [t]);
  return (
    <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
