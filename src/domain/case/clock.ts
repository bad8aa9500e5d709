/** The kinds of clocks that run on a case. */
export const CLOCK_KINDS = [
  "acknowledge",
  "reply",
  "result",
  "unit_accept",
  "unit_result",
  "petition_notice",
  "confirm",
] as const;
/** A kind of clock: until it is due, somebody acknowledges a danger, answers the resident, brings a result, and so on. */
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** The states of a clock, as they are stored. */
export const CLOCK_STATES = ["running", "paused", "met", "missed", "void"] as const;
/** The state of a clock; `void` is one that was taken back before it was met or missed. */
export type ClockState = (typeof CLOCK_STATES)[number];

/** A change of a clock after it was set. */
export type ClockChange = "pause" | "resume" | "meet" | "miss" | "drop";

const TRANSITIONS: Readonly<Record<ClockChange, { readonly from: readonly ClockState[]; readonly to: ClockState }>> = {
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  meet: { from: ["running", "paused"], to: "met" },
  /** A paused clock is never missed: whoever is waited for holds it. */
  miss: { from: ["running"], to: "missed" },
  drop: { from: ["running", "paused"], to: "void" },
};

/** The state of a clock after a change; null when it may not happen now. */
export function afterChange(state: ClockState, change: ClockChange): ClockState | null {
  const { from, to } = TRANSITIONS[change];
  return from.includes(state) ? to : null;
}

/** Whether a clock has not come to its end. */
export function isOpenClock({ state }: { readonly state: ClockState }): boolean {
  return state === "running" || state === "paused";
}
