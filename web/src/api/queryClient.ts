import { MutationCache, type Query, QueryCache, QueryClient } from "@tanstack/react-query";
import { isFollowed } from "./paged";
import { Problem } from "./problem";
import { sessionKey } from "./session";
import { forgetUnsaved, noteUnsaved } from "./unsaved";

/** What was fetched a moment ago is not fetched again because somebody points at it. */
export const justNow = 10_000;

/** Fetches anew what has changed; a list that somebody has walked far down stays as it is until they ask. */
class BoundedQueryClient extends QueryClient {
  override invalidateQueries(...[filters, options]: Parameters<QueryClient["invalidateQueries"]>) {
    const asked = filters?.predicate;
    const predicate = (query: Query) => isFollowed(query.state.data) && (asked?.(query) ?? true);
    return super.invalidateQueries({ ...filters, predicate }, options);
  }
}

/** Nothing here asks on a timer or on focus: changes arrive over the live connection. */
export function createQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (error instanceof Problem && error.status === 401 && error.code !== "sign_in.refused")
      queryClient.setQueryData(sessionKey, null);
  };
  const queryClient: QueryClient = new BoundedQueryClient({
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
        refetchOnMount: (query) => isFollowed(query.state.data),
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && error instanceof Problem && error.isUnsettled,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return queryClient;
}
