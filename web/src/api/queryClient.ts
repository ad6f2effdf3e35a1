import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";
import { sessionKey } from "./session";

/** Nothing here asks on a timer or on focus: changes arrive over the live connection. */
export function createQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (error instanceof Problem && error.status === 401 && error.code !== "sign_in.refused")
      queryClient.setQueryData(sessionKey, null);
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({
      onError: signedOut,
      // Whatever was done has left its trace.
      onSuccess: () => queryClient.invalidateQueries({ queryKey: ["history"] }),
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
