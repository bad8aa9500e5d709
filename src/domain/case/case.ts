/** The states of a case, as they are stored. */
export const CASE_STATES = ["clarifying", "triage", "assigned", "answered", "referred", "closed"] as const;
/** The state of a case; {@link afterEvent} says what leads from one to another. */
export type CaseState = (typeof CASE_STATES)[number];

/** The outcomes of a closed case, as they are stored. */
export const CASE_OUTCOMES = ["solved", "explained", "not_in_scope", "duplicate", "withdrawn", "no_contact"] as const;
/** The outcome of a closed case, as whoever closed it says. */
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** The type of an event of a case. The past tense is the event; the verb that causes it lives in casework/. */
export type CaseEventType =
  | "opened"
  | "placed"
  | "assigned"
  | "left_to_office"
  | "taken"
  | "message_added"
  | "replied"
  | "referred"
  | "reminded"
  | "returned"
  | "closed"
  | "reopened"
  | "rated"
  | "categorised"
  | "placed_by_hand"
  | "noted"
  | "due_changed"
  | "sealed"
  | "taken_down"
  | "phoned"
  | "merged"
  | "unmerged"
  | "split"
  | "joined"
  | "unseal_proposed"
  | "unseal_refused"
  | "unsealed";

/** The one transition table: from which states an event may happen, and to which it leads (`null` keeps the state). */
const TRANSITIONS: Readonly<Record<CaseEventType, { from: readonly (CaseState | "none")[]; to: CaseState | null }>> = {
  opened: { from: ["none"], to: "clarifying" },
  placed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  assigned: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "assigned" },
  left_to_office: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "triage" },
  /** Caused by the other of two deputies who were told of a danger, before its holder has said anything. */
  taken: { from: ["assigned"], to: "assigned" },
  message_added: { from: CASE_STATES, to: null },
  /** Also by the office, which has what no deputy has. */
  replied: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "answered" },
  referred: { from: ["assigned", "answered", "referred"], to: "referred" },
  reminded: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  returned: { from: ["assigned", "answered", "referred"], to: "triage" },
  closed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "closed" },
  reopened: { from: ["closed"], to: "assigned" },
  rated: { from: ["closed"], to: null },
  categorised: { from: CASE_STATES, to: null },
  /** By the office; the rules say who has it there. */
  placed_by_hand: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  noted: { from: CASE_STATES, to: null },
  due_changed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  sealed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "triage" },
  /** By somebody of the office or a station, for a person who came, rang up or wrote. */
  taken_down: { from: CASE_STATES, to: null },
  phoned: { from: CASE_STATES, to: null },
  /** Of both cases: of the one that goes with another, and of the one that leads it. */
  merged: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  unmerged: { from: CASE_STATES, to: null },
  /** Of both cases: several matters were told in one message. */
  split: { from: CASE_STATES, to: null },
  /** Of both cases: one is part of the other after all, and is closed. */
  joined: { from: CASE_STATES, to: null },
  unseal_proposed: { from: CASE_STATES, to: null },
  unseal_refused: { from: CASE_STATES, to: null },
  unsealed: { from: CASE_STATES, to: null },
};

/**
 * The state of a case after an event.
 *
 * @param state where the case stands; `none` before it exists
 * @returns the new state, or null when this event may not happen now: the caller must not write it
 */
export function afterEvent(state: CaseState | "none", event: CaseEventType): CaseState | null {
  const transition = TRANSITIONS[event];
  if (!transition.from.includes(state)) return null;
  if (transition.to !== null) return transition.to;
  return state === "none" ? null : state;
}

/** The number of a case as people read it: `2026-000123`. @param serial from 1 in each year and county */
export function caseNumber(year: number, serial: number): string {
  return `${year}-${String(serial).padStart(6, "0")}`;
}

/** The whole number of a case, also of one of a rehearsal: `2026-000123`, `P-2026-000001`. */
export const CASE_NUMBER = /^(?:P-)?20[0-9]{2}-[0-9]{6}$/;

/**
 * Whether what a person typed means the case with this number: the whole number, or its last digits without zeros.
 *
 * @param typed digits, or `YYYY-NNNNNN`; already normalised to half width
 */
export function isNumberOf(typed: string, number: string): boolean {
  if (typed === number) return true;
  if (!/^\d{1,6}$/.test(typed)) return false;
  return Number(typed) === Number(number.slice(5));
}
