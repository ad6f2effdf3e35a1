import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "./problem";

/** Gives one key per intent: the same while the content is the same and its outcome is unknown. */
export function createIntent(makeKey: () => string = newKey) {
  let open: { content: string; key: string } | null = null;
  return {
    keyFor(input: unknown): string {
      const content = JSON.stringify(input) ?? "";
      if (open?.content !== content) open = { content, key: makeKey() };
      return open.key;
    },
    settle(error?: unknown): void {
      if (error instanceof Problem && error.isUnsettled) return;
      open = null;
    },
  };
}

/** A mutation that sends an idempotency key; asking again after a network error or 503 repeats the key. */
export function useIntent<TInput, TAnswer>(
  send: (input: TInput, key: string) => Promise<TAnswer>,
  options: {
    onSuccess?: (answer: TAnswer, input: TInput) => unknown;
    onError?: (error: Error) => unknown;
  } = {},
) {
  const [intent] = useState(() => createIntent());
  return useMutation<TAnswer, Error, TInput>({
    mutationFn: async (input) => {
      try {
        const answer = await send(input, intent.keyFor(input));
        intent.settle();
        return answer;
      } catch (error) {
        intent.settle(error);
        throw error;
      }
    },
    ...options,
  });
}

/** A random UUID; `crypto.randomUUID` is missing on plain http origins other than localhost. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
