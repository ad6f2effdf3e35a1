import { useEffect } from "react";
import { useLocation } from "react-router";

/** The rows of the list somebody came from, in its order, so that one goes on to the next without going back. */
export type Walk = { list: string; links: string[]; more: boolean };

const place = "millrace.walk";
export const mostKept = 2000;

export function readWalk(): Walk | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null") as Walk | null;
    return Array.isArray(kept?.links) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps what a list shows; the screens of its rows read it. */
export function useKeptWalk(links: readonly string[], more: boolean): void {
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (links.length === 0) return;
    const walk: Walk = {
      list: pathname + search,
      links: links.slice(0, mostKept),
      more: more || links.length > mostKept,
    };
    sessionStorage.setItem(place, JSON.stringify(walk));
  }, [links, more, pathname, search]);
}

export type Step = { at: number; of: number; more: boolean; list: string; before?: string; after?: string };

/** Where this screen stands in the list one came from; null when one came from elsewhere. */
export function stepOf(walk: Walk | null, pathname: string): Step | null {
  const at = walk?.links.indexOf(pathname) ?? -1;
  if (!walk || at < 0) return null;
  const { links, more, list } = walk;
  const [before, after] = [links[at - 1], links[at + 1]];
  return {
    at: at + 1,
    of: links.length,
    more,
    list,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
