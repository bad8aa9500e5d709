import { afterEvent, type CaseEventType, type CaseOutcome, type CaseState } from "./case.ts";
import { clocksBy, type ReplayedClock } from "./case-clocks.ts";
import { EVENT_DETAILS, type EventDetails } from "./case-event.ts";

/** An event of a case as the chain of events keeps it. */
export type WrittenEvent = {
  readonly type: string;
  /** ISO 8601 with zone. */
  readonly at: string;
  readonly details: unknown;
};

/** A case as its events alone tell it: places, stations and deputies by their codes, moments in ISO 8601 (UTC). */
export type ReplayedCase = {
  readonly number: string;
  readonly state: CaseState;
  readonly outcome: CaseOutcome | null;
  readonly category: string | null;
  readonly priority: boolean;
  readonly sealed: boolean;
  readonly grid: string | null;
  readonly station: string | null;
  readonly deputy: string | null;
  readonly unit: string | null;
  readonly receivedAt: string;
  readonly dueOn: string;
  /** Null where the day is sure. */
  readonly dueWithin: number | null;
  readonly closedAt: string | null;
  /** What answered it at once; null of any other case. */
  readonly answeredBy: string | null;
  readonly rating: number | null;
  readonly reopenings: number;
  /** The number of the case with which it goes. */
  readonly mergedInto: string | null;
  /** The number of the topic to which it belongs. */
  readonly topic: string | null;
  readonly escalation: number;
  readonly minor: boolean;
  readonly petition: boolean;
  readonly unnamed: boolean;
  readonly clocks: readonly ReplayedClock[];
};

/** The result of a replay: the case that follows from its events, or the index (from 0) of the first event that may not stand there. */
export type Replayed =
  | { readonly ok: true; readonly case: ReplayedCase }
  | { readonly ok: false; readonly index: number; readonly reason: string };

/**
 * Replays a case from nothing but its events (quality.md, LEDGER).
 * @param events of one case, in the order in which they were written
 */
export function replay(events: readonly WrittenEvent[]): Replayed {
  let subject: ReplayedCase | null = null;
  for (const [index, event] of events.entries()) {
    const next = after(subject, event);
    if (typeof next === "string") return { ok: false, index, reason: next };
    subject = next;
  }
  if (subject === null) return { ok: false, index: 0, reason: "there is no event at all" };
  return { ok: true, case: subject };
}

/** The case after one more event; a sentence when that event cannot be. */
function after(subject: ReplayedCase | null, event: WrittenEvent): ReplayedCase | string {
  if (!isKnown(event.type)) return `${event.type} is no event`;
  const state = afterEvent(subject?.state ?? "none", event.type);
  if (state === null) return `a case that is ${subject?.state ?? "not opened"} cannot see ${event.type}`;
  const read = EVENT_DETAILS[event.type].safeParse(event.details);
  if (!read.success) return `${event.type} does not say what it changed`;
  if (event.type === "opened") return opened(state, read.data as EventDetails<"opened">);
  if (subject === null) return `${event.type} comes before the case was opened`;
  const clocks = clocksBy(subject.clocks, event.type, read.data, new Date(event.at).toISOString());
  if (clocks === null) return `no clock of this case can see ${event.type}`;
  if (event.type === "clock_set" && state === "closed" && !isOfVerdict(read.data as EventDetails<"clock_set">)) {
    return "a case that is closed cannot see clock_set but of its resident's verdict";
  }
  if (event.type === "clock_set" && !isOnItsDay(subject, read.data as EventDetails<"clock_set">)) {
    return "the clock of its answer is due on another day than the case";
  }
  return { ...subject, ...changeBy(event.type, read.data, event), clocks, state };
}

function isOfVerdict({ clocks }: EventDetails<"clock_set">): boolean {
  return clocks.every(({ kind }) => kind === "confirm");
}

/** Whether the clock of the answer, where it is among those that are set, is due on the day of the case. */
function isOnItsDay({ dueOn, dueWithin }: ReplayedCase, { clocks }: EventDetails<"clock_set">): boolean {
  const reply = clocks.find(({ kind }) => kind === "reply");
  return reply === undefined || (reply.dueOn === dueOn && reply.dueWithin === dueWithin);
}

function opened(state: CaseState, details: EventDetails<"opened">): ReplayedCase {
  return {
    ...details,
    receivedAt: new Date(details.receivedAt).toISOString(),
    state,
    outcome: null,
    grid: null,
    station: null,
    deputy: null,
    unit: null,
    closedAt: null,
    answeredBy: null,
    rating: null,
    reopenings: 0,
    mergedInto: null,
    topic: null,
    escalation: 0,
    minor: false,
    petition: false,
    unnamed: false,
    clocks: [],
  };
}

/** What a case that is open again has no more. */
const NOT_CLOSED = { closedAt: null, answeredBy: null, rating: null, escalation: 0 } as const;

/** What an event after the first changes besides the state. */
function changeBy(type: CaseEventType, details: EventDetails, event: WrittenEvent): Partial<ReplayedCase> {
  switch (type) {
    case "placed":
    case "placed_by_hand": {
      const { grid, station } = details as EventDetails<"placed" | "placed_by_hand">;
      return { grid, station };
    }
    case "assigned":
    case "taken": {
      const { grid, station, deputy } = details as EventDetails<"assigned" | "taken">;
      return { grid, station, deputy, unit: null };
    }
    case "left_to_office": {
      const { grid, station, unit = null } = details as EventDetails<"left_to_office">;
      return { grid, station, deputy: null, unit };
    }
    case "message_added": {
      const added = details as EventDetails<"message_added">;
      return "priority" in added ? { priority: true, dueOn: added.dueOn, dueWithin: added.dueWithin } : {};
    }
    case "referred":
      return details as EventDetails<"referred">;
    case "returned":
      return { deputy: null };
    case "unit_returned":
      return { unit: null };
    case "closed": {
      const { outcome, how = "" } = details as EventDetails<"closed">;
      return { outcome, closedAt: new Date(event.at).toISOString(), answeredBy: how.includes(":") ? how : null };
    }
    case "reopened": {
      const { why: _, ...again } = details as EventDetails<"reopened">;
      return { ...again, outcome: null, ...NOT_CLOSED };
    }
    case "rated":
      return { rating: (details as EventDetails<"rated">).rating };
    case "categorised":
      return details as EventDetails<"categorised">;
    case "due_changed":
      return { dueOn: (details as EventDetails<"due_changed">).dueOn, dueWithin: null };
    case "sealed":
      return { sealed: true, deputy: null, unit: null, category: null };
    case "merged":
      return "into" in details ? { mergedInto: String(details.into) } : {};
    case "unmerged":
      return "into" in details ? { mergedInto: null } : {};
    case "unsealed":
      return { sealed: false };
    case "joined":
      if ("topic" in details) return { topic: String(details.topic) };
      return "into" in details ? { deputy: null, unit: null } : {};
    case "left":
      return { topic: null };
    case "resumed": {
      const reply = (details as EventDetails<"resumed">).clocks.find(({ kind }) => kind === "reply");
      return reply === undefined ? {} : { dueOn: reply.dueOn, dueWithin: reply.dueWithin };
    }
    case "escalated":
      return { escalation: (details as EventDetails<"escalated">).step };
    case "marked_minor":
      return { minor: (details as EventDetails<"marked_minor">).minor };
    case "petition":
      return details as EventDetails<"petition">;
    case "marked_unnamed":
      return { unnamed: true };
    case "opened":
    case "split":
    case "unseal_proposed":
    case "unseal_refused":
    case "noted":
    case "replied":
    case "unit_accepted":
    case "unit_reported":
    case "unit_step":
    case "checked":
    case "visited":
    case "site_asked":
    case "site_noted":
    case "settled":
    case "reminded":
    case "taken_down":
    case "contact_set":
    case "phoned":
    case "clock_set":
    case "clock_missed":
    case "paused":
    case "acknowledged":
    case "accepted":
    case "assisted":
    case "assist_ended":
    case "notice_given":
    case "corrected":
    case "transcription_due":
    case "transcribed":
      return {};
  }
}

function isKnown(type: string): type is CaseEventType {
  return Object.hasOwn(EVENT_DETAILS, type);
}
