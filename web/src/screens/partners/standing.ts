export type StandingState = "open" | "watch" | "stop";

export const standingColors: Record<StandingState, string> = { open: "green", watch: "yellow", stop: "red" };
