import {
  afterHandoverAct,
  changeByAct,
  HANDOVER_ACTS,
  type HandoverAct,
  type HandoverDetails,
  type ReplayedHandover,
} from "./handover.ts";

/** An act on something that is no case, as the chain keeps it. */
export type WrittenAct = {
  readonly type: string;
  /** ISO 8601 with zone. */
  readonly at: string;
  readonly details: unknown;
};

/** The result of a replay: the hand-over that follows from its acts, or the index (from 0) of the first act that may not stand there. */
export type ReplayedActs =
  | { readonly ok: true; readonly handover: ReplayedHandover }
  | { readonly ok: false; readonly index: number; readonly reason: string };

/** Replays a hand-over from nothing but its acts, in the order in which they were written. */
export function replayHandover(acts: readonly WrittenAct[]): ReplayedActs {
  let subject: ReplayedHandover | null = null;
  for (const [index, act] of acts.entries()) {
    const next = after(subject, act);
    if (typeof next === "string") return { ok: false, index, reason: next };
    subject = next;
  }
  if (subject === null) return { ok: false, index: 0, reason: "there is no act at all" };
  return { ok: true, handover: subject };
}

/** The hand-over after one more act; a sentence when that act cannot be. */
function after(subject: ReplayedHandover | null, { type, at, details }: WrittenAct): ReplayedHandover | string {
  if (!isKnown(type)) return `${type} is no act`;
  const state = afterHandoverAct(subject?.state ?? "none", type);
  if (state === null) return `a hand-over that is ${subject?.state ?? "not opened"} cannot see ${type}`;
  const read = HANDOVER_ACTS[type].safeParse(details);
  if (!read.success) return `${type} does not say what it changed`;
  const moment = new Date(at).toISOString();
  if (type === "opened") {
    const nothingYet = { askedUntil: null, result: null, sentAt: null, settledAt: null };
    return { ...(read.data as HandoverDetails<"opened">), ...nothingYet, state, openedAt: moment };
  }
  if (subject === null) return `${type} comes before the hand-over was opened`;
  return { ...subject, ...changeByAct(type, read.data as HandoverDetails, moment), state };
}

function isKnown(type: string): type is HandoverAct {
  return Object.hasOwn(HANDOVER_ACTS, type);
}
