import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";
import { Problem } from "./problem";
import type { Session } from "./types";

export const sessionKey = ["session"] as const;

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await take(client.GET("/api/v1/session", { signal }));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

export const signIn = (body: {
  email: string;
  password: string;
  tenantId: number | null;
  code: string | null;
}) => take(client.POST("/api/v1/session", { body }));

export const signOut = () => take(client.DELETE("/api/v1/session"));

/** In which language the program writes to the one who is signed in. */
export const writeTo = (language: "en" | "tr") =>
  take(client.PUT("/api/v1/session/language", { body: { language } }));

/** Forgets everything the previous person saw. */
export function becomeSomebodyElse(queryClient: QueryClient, session: Session): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  queryClient.setQueryData(sessionKey, session);
}
