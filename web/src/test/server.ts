import { vi } from "vitest";

export type Sent = { method: string; path: string; key: string | null; body: unknown };

type Answer = { status?: number; body: unknown } | "no network";

/** Answers requests in the place of the server and keeps what was sent. */
export function answerWith(answers: (sent: Sent) => Answer): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const sent: Sent = {
      method: request.method,
      path: url.pathname + url.search,
      key: request.headers.get("Idempotency-Key"),
      body: text === "" ? null : JSON.parse(text),
    };
    all.push(sent);
    const answer = answers(sent);
    if (answer === "no network") throw new TypeError("Failed to fetch");
    return Response.json(answer.body, { status: answer.status ?? 200 });
  });
  return all;
}
