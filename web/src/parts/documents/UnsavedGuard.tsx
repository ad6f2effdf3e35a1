import { useLayoutEffect } from "react";

const forms = new Set<object>();

/** Whether a form on the screen holds what nobody has saved. */
export const hasUnsaved = () => forms.size > 0;

/** Nobody loses what they typed by a click beside it: while this stands, leaving the screen asks first. */
export function UnsavedGuard({ when }: { when: boolean }) {
  // Said in the same moment as the letter is drawn: a click that follows it at once is asked as well.
  useLayoutEffect(() => {
    if (!when) return;
    const form = {};
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    forms.add(form);
    window.addEventListener("beforeunload", ask);
    return () => {
      forms.delete(form);
      window.removeEventListener("beforeunload", ask);
    };
  }, [when]);
  return null;
}
