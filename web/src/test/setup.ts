import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

/** What the components ask of a browser and jsdom does not have. */
class NoResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

globalThis.ResizeObserver ??= NoResizeObserver;
Element.prototype.scrollIntoView ??= () => undefined;
window.matchMedia ??= (media: string) =>
  ({
    matches: false,
    media,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) satisfies MediaQueryList;

afterEach(cleanup);

// jsdom has no fonts; a text area that grows measures itself again when one has come.
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
