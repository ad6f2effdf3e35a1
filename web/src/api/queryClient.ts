import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";
import { sessionKey } from "./session";
import { forgetUnsaved, noteUnsaved } from "./unsaved";

/** What was fetched a moment ago is not fetched again because somebody points at it. */
export const justNow = 10_000;

/** Nothing here asks on a timer or on focus: changes arrive over the live connection. */
export function createQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (error instanceof Problem && error.status === 401 && error.code !== "sign_in.refused")
      queryClient.setQueryData(sessionKey, null);
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({
      onError: (error) => {
        signedOut(error);
        if (error instanceof Problem && error.status === 0)
          noteUnsaved({
            screen: document.title.replace(" · Millrace", ""),
            path: location.pathname,
            at: new Date().toISOString(),
          });
      },
      onSuccess: () => {
        forgetUnsaved(location.pathname);
        // Whatever was done has left its trace.
        return queryClient.invalidateQueries({ queryKey: ["history"] });
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && error instanceof Problem && error.isUnsettled,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return queryClient;
}
