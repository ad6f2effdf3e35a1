export type ScreenModule = Promise<{ Screen: () => React.JSX.Element }>;

const loaders = new Map<string, () => ScreenModule>();

export const knowScreen = (path: string, load: () => ScreenModule) => void loaders.set(path, load);

/** Fetches the code of a screen that somebody points at, so that it is there when they open it. */
export function prefetchScreen(to: string) {
  const [path = ""] = to.slice(1).split("?");
  const load = loaders.get(path) ?? loaders.get(path.replace(/[^/]+$/, ":id"));
  load?.().catch(() => undefined);
}
