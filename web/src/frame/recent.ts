import type { IconName } from "@/parts/icons";

export type Recent = { to: string; label: string; description?: string; icon: IconName };

const place = "millrace.recent";
const most = 6;

/** What was opened last by way of the palette, in this browser. */
export function readRecent(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? (kept as Recent[]).slice(0, most) : [];
  } catch {
    return [];
  }
}

export function remember(opened: Recent): void {
  const others = readRecent().filter(({ to }) => to !== opened.to);
  localStorage.setItem(place, JSON.stringify([opened, ...others].slice(0, most)));
}
