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
  | "unit_accepted"
  | "unit_returned"
  | "unit_reported"
  | "unit_step"
  | "checked"
  | "visited"
  | "site_asked"
  | "site_noted"
  | "reminded"
  | "returned"
  | "closed"
  | "reopened"
  | "rated"
  | "settled"
  | "categorised"
  | "placed_by_hand"
  | "noted"
  | "due_changed"
  | "sealed"
  | "taken_down"
  | "contact_set"
  | "phoned"
  | "merged"
  | "unmerged"
  | "split"
  | "joined"
  | "left"
  | "unseal_proposed"
  | "unseal_refused"
  | "unsealed"
  | "clock_set"
  | "clock_missed"
  | "paused"
  | "resumed"
  | "escalated"
  | "acknowledged"
  | "accepted"
  | "assisted"
  | "assist_ended"
  | "marked_minor"
  | "petition"
  | "notice_given"
  | "marked_unnamed"
  | "corrected"
  | "transcription_due"
  | "transcribed";

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
  unit_accepted: { from: ["triage", "assigned", "answered", "referred"], to: null },
  /** Its deputy, or the office, has it as before, and passes it on to another one. */
  unit_returned: { from: ["triage", "assigned", "answered", "referred"], to: null },
  unit_reported: { from: ["triage", "assigned", "answered", "referred"], to: null },
  /** What else happens between a unit and the office; all of it stands in the acts on the hand-over. */
  unit_step: { from: ["triage", "assigned", "answered", "referred"], to: null },
  /** Its deputy looked at what was done. */
  checked: { from: ["assigned", "answered", "referred"], to: null },
  /** Its deputy went there; what they saw is in a note. */
  visited: { from: ["assigned", "answered", "referred"], to: null },
  /** Its deputy asked the worker of its grid to look; whoever has it keeps it (首接负责). */
  site_asked: { from: ["assigned", "answered", "referred"], to: null },
  /** The worker of its grid looked, or shows a photo; what they saw is in the thread. */
  site_noted: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  reminded: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  returned: { from: ["assigned", "answered", "referred"], to: "triage" },
  closed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "closed" },
  reopened: { from: ["closed"], to: "assigned" },
  rated: { from: ["closed"], to: null },
  /** Its resident was asked, and has said nothing until the time for it was over. */
  settled: { from: ["closed"], to: null },
  categorised: { from: CASE_STATES, to: null },
  /** By the office; the rules say who has it there. */
  placed_by_hand: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  noted: { from: CASE_STATES, to: null },
  due_changed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  sealed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: "triage" },
  /** By somebody of the office or a station, for a person who came, rang up or wrote. */
  taken_down: { from: CASE_STATES, to: null },
  /** How a person without a chat is told what becomes of it: by a chat of their own from now on, by telephone, or when they come again. */
  contact_set: { from: CASE_STATES, to: null },
  phoned: { from: CASE_STATES, to: null },
  /** Of both cases: of the one that goes with another, and of the one that leads it. */
  merged: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  unmerged: { from: CASE_STATES, to: null },
  /** Of both cases: several matters were told in one message. */
  split: { from: CASE_STATES, to: null },
  /** Of both cases: one is part of the other after all, and is closed. Or of one: it belongs to a topic, the same matter of many. */
  joined: { from: CASE_STATES, to: null },
  /** It belongs to its topic no more. */
  left: { from: CASE_STATES, to: null },
  unseal_proposed: { from: CASE_STATES, to: null },
  unseal_refused: { from: CASE_STATES, to: null },
  unsealed: { from: CASE_STATES, to: null },
  /** Of a closed case, that of its resident's verdict alone. */
  clock_set: { from: CASE_STATES, to: null },
  /** Also of a closed case: the notice of a petition is owed all the same. */
  clock_missed: { from: CASE_STATES, to: null },
  paused: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  resumed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  /** To its station, the office, its leader; whoever has it keeps it (首接负责). */
  escalated: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  /** Somebody of the office or a station says that they see to an urgent case. */
  acknowledged: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  /** Its deputy has seen it, and has said nothing of it yet. */
  accepted: { from: ["assigned"], to: null },
  /** Whoever has it asked another deputy to help; they keep it (首接负责). */
  assisted: { from: ["assigned", "answered", "referred"], to: null },
  assist_ended: { from: CASE_STATES, to: null },
  /** Its writer is a minor, by their words or by the office; or is none after all, by the office. */
  marked_minor: { from: CASE_STATES, to: null },
  /** Its words are a petition (信访), or are none after all, by the office. */
  petition: { from: CASE_STATES, to: null },
  /** The office told in writing to whom a petition belongs. */
  notice_given: { from: CASE_STATES, to: null },
  /** Its resident asked that nobody learns who they are. */
  marked_unnamed: { from: CASE_STATES, to: null },
  /** Its resident put right what they had said; the old words stay. */
  corrected: { from: CASE_STATES, to: null },
  /** A recording of its resident could not be read: somebody of the office listens to it. */
  transcription_due: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
  /** Somebody of the office listened to its recordings. */
  transcribed: { from: ["clarifying", "triage", "assigned", "answered", "referred"], to: null },
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
  // What was passed on is with its deputy again.
  if (event === "unit_returned" && state !== "triage") return "assigned";
  if (transition.to !== null) return transition.to;
  return state === "none" ? null : state;
}

/** The ones on whom a case can wait. */
export const WAITED_FOR = ["deputy", "unit", "resident", "office", "nobody"] as const;
/** The one who has to do the next thing about a case. */
export type WaitedFor = (typeof WAITED_FOR)[number];

const WAITS_ON: Readonly<Record<CaseState, WaitedFor>> = {
  clarifying: "resident",
  triage: "office",
  assigned: "deputy",
  /** It has been answered, and whoever has it has still to close it. */
  answered: "deputy",
  referred: "unit",
  closed: "nobody",
};

/** The one who has to do the next thing about a case in this state; what no deputy has is the office's. */
export function waitsOn(state: CaseState, deputy: string | null): WaitedFor {
  const one = WAITS_ON[state];
  return one === "deputy" && deputy === null ? "office" : one;
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
