import { useEffect, useRef } from "react";

/** Every key of the program: those that do something here are listened to under their names, the help shows all. */
export const keys = {
  search: { keys: ["Ctrl", "K"], of: "everywhere" },
  help: { keys: ["?"], of: "everywhere" },
  goStart: { keys: ["g", "h"], of: "everywhere", to: "/" },
  goStock: { keys: ["g", "s"], of: "everywhere", to: "/stock" },
  goItems: { keys: ["g", "i"], of: "everywhere", to: "/items" },
  goPartners: { keys: ["g", "p"], of: "everywhere", to: "/partners" },
  goAdjustments: { keys: ["g", "a"], of: "everywhere", to: "/adjustments" },
  goVouchers: { keys: ["g", "v"], of: "everywhere", to: "/vouchers" },
  goTasks: { keys: ["g", "t"], of: "everywhere", to: "/tasks" },
  goInbox: { keys: ["g", "n"], of: "everywhere", to: "/inbox" },
  rows: { keys: ["↑", "↓"], of: "lists" },
  open: { keys: ["Enter"], of: "lists" },
  edit: { keys: ["F2"], of: "lists" },
  choose: { keys: ["Space"], of: "lists" },
  sortBeside: { keys: ["Shift", "Click"], of: "lists" },
  next: { keys: ["j"], of: "documents" },
  previous: { keys: ["k"], of: "documents" },
  addLine: { keys: ["Enter"], of: "documents" },
  submit: { keys: ["Ctrl", "Enter"], of: "documents" },
} as const;

export type KeyName = keyof typeof keys;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=listbox]") !== null);

const pause = 1000;

/** Runs something when these keys were struck one after the other, outside of fields and dialogs. */
export function useKey(name: KeyName, run: () => unknown): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const wanted: readonly string[] = keys[name].keys;
    let struck: { key: string; at: number }[] = [];
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      struck = [...struck, { key: event.key, at: event.timeStamp }].slice(-wanted.length);
      const recent = struck.every(({ at }) => event.timeStamp - at < pause);
      if (!recent || struck.map(({ key }) => key).join(" ") !== wanted.join(" ")) return;
      struck = [];
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [name]);
}
