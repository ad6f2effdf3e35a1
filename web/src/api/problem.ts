import type { Shortage } from "./types";

/** A refused or failed request, with what the server said about it. Status 0 means that no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Record<string, string[]>;
  readonly facts: Record<string, unknown>;
  readonly requestId: string | null;

  constructor(status: number, body: unknown) {
    const said = isRecord(body) ? body : {};
    super(text(said.detail) ?? text(said.title) ?? "");
    this.name = "Problem";
    this.status = status;
    this.code = text(said.code) ?? (status === 0 ? "network" : status === 503 ? "busy" : "unknown");
    this.errors = isRecord(said.errors) ? (said.errors as Record<string, string[]>) : {};
    this.facts = isRecord(said.facts) ? said.facts : {};
    this.requestId = text(said.requestId);
  }

  /** True when the same request may be sent again as it is: nobody knows whether it was carried out. */
  get isUnsettled(): boolean {
    return (
      this.status === 0 || this.status === 429 || this.status >= 500 || this.code === "idempotency.running"
    );
  }
}

export function shortagesOf(error: unknown): Shortage[] {
  if (!(error instanceof Problem) || error.code !== "inventory.short") return [];
  const { shortages } = error.facts;
  return Array.isArray(shortages) ? (shortages as Shortage[]) : [];
}

export function isProblem(error: unknown, code: string): boolean {
  return error instanceof Problem && error.code === code;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
