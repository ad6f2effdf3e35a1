import { useSyncExternalStore } from "react";

/** Something that was to be saved and did not reach the server: on which screen, and when. */
export type Unsaved = { screen: string; path: string; at: string };

let all: readonly Unsaved[] = [];
const listeners = new Set<() => void>();

function become(next: readonly Unsaved[]): void {
  all = next;
  for (const listener of listeners) listener();
}

/** Of one screen only the last attempt counts. */
export const noteUnsaved = (one: Unsaved) => become([...all.filter(({ path }) => path !== one.path), one]);

export const forgetUnsaved = (path: string) => {
  if (all.some((one) => one.path === path)) become(all.filter((one) => one.path !== path));
};

export const useUnsaved = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
