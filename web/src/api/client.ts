import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";

/** The one HTTP client; `fetch` is looked up at call time so that tests can replace it. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "",
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** The answer's body, or a thrown `Problem`. */
export async function take<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new Problem(0, null);
  });
  if (!response.ok) throw new Problem(response.status, error);
  return data as T;
}

export const keyed = (key: string) => ({ "Idempotency-Key": key });

export const ifMatch = (version: number) => ({ headers: { "If-Match": `"${version}"` } });
