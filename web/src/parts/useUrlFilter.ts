import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Filters that live in the address, so that a view can be sent on, kept, and come back to. */
export function useUrlFilter() {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | null>) =>
      setParams(
        (previous) => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { value: (name: string) => params.get(name) ?? "", change };
}
