import { createTheme, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchActivity } from "./client/asking.ts";
import { watchCompositions } from "./client/keys.ts";
import { chosenLocale, LanguageProvider, loadLanguage } from "./client/language.tsx";
import { loadPageAhead, router } from "./router.tsx";
import { refreshShown } from "./shell/live-updates.ts";
import { SessionGate } from "./shell/session-gate.tsx";

/** Shows the console in the document: everything that every page stands on comes with this file, in one piece (see the bundle). */
export async function showConsole(): Promise<void> {
  const theme = createTheme({ cursorType: "pointer", respectReducedMotion: true });
  const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: true, staleTime: 1000 } } });
  watchCompositions();
  watchActivity(() => refreshShown(queries));
  loadPageAhead();
  // Without its words the page is in Chinese.
  await loadLanguage(chosenLocale() ?? "zh-CN").catch(() => undefined);
  const place = document.getElementById("console");
  if (place === null) return;
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} forceColorScheme="light">
        <LanguageProvider>
          <QueryClientProvider client={queries}>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </QueryClientProvider>
        </LanguageProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
