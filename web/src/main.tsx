import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { createQueryClient } from "./api/queryClient";
import { sessionQuery } from "./api/session";
import { showDensity } from "./frame/density";
import { startTranslations } from "./i18n";
import { createRouter } from "./routes";

const queryClient = createQueryClient();
const router = createRouter();
// Who one is, the first screen and the texts come side by side.
void queryClient.prefetchQuery(sessionQuery);
showDensity();
await startTranslations();

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App queryClient={queryClient} router={router} />
    </StrictMode>,
  );
