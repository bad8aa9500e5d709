/** The types of case systems of others that a county can be connected with. */
export const PARTNER_TYPES = ["webhook", "georeport"] as const;
/** A type of case systems of others. */
export type PartnerType = (typeof PARTNER_TYPES)[number];

/** The states of a matter at a case system of others, as far as they mean anything here; `done` is its word and nothing more. */
export const PARTNER_STATUSES = ["accepted", "working", "done", "refused", "returned"] as const;
/** A state of a matter at a case system of others. */
export type PartnerStatus = (typeof PARTNER_STATUSES)[number];

/** Its resident put words right, or one of its matters has a number of its own. */
const HANDOVER_CHANGE_KINDS = ["corrected", "taken_out"] as const;
/** A kind of changes of a case that whoever has it by hand-over is told. */
export type HandoverChangeKind = (typeof HANDOVER_CHANGE_KINDS)[number];

/** The kinds of messages to a case system of others. */
export const PARTNER_MESSAGE_KINDS = ["handed_over", "reopened", "taken_back", ...HANDOVER_CHANGE_KINDS] as const;
/** A kind of messages to a case system of others. */
export type PartnerMessageKind = (typeof PARTNER_MESSAGE_KINDS)[number];

/** The states of such a message; `withdrawn` where it became pointless before it had left. */
export const PARTNER_MESSAGE_STATES = ["waiting", "sending", "sent", "failed", "withdrawn"] as const;

/** The directions of an exchange: a message to them, their call, and our question for news. */
export const EXCHANGE_DIRECTIONS = ["out", "in", "poll"] as const;
/** A direction of an exchange. */
export type ExchangeDirection = (typeof EXCHANGE_DIRECTIONS)[number];

/** The outcomes of an exchange. What came in and changed nothing says why. */
export const EXCHANGE_OUTCOMES = [
  "sent",
  "failed",
  "asked",
  "applied",
  "nothing-new",
  "too-late",
  "unknown-state",
  "unknown-number",
  "unreadable",
] as const;
/** An outcome of an exchange. */
export type ExchangeOutcome = (typeof EXCHANGE_OUTCOMES)[number];

/** The codes of states that each type has without a map of the county's own. */
const OWN_CODES: Readonly<Record<PartnerType, Readonly<Record<string, PartnerStatus>>>> = {
  webhook: { accepted: "accepted", working: "working", done: "done", refused: "refused", returned: "returned" },
  // The two states of GeoReport v2, and those of its extension for updates.
  georeport: {
    open: "accepted",
    closed: "done",
    confirmed: "accepted",
    action_scheduled: "working",
    in_progress: "working",
    investigating: "working",
    fixed: "done",
    no_further_action: "refused",
    not_councils_responsibility: "returned",
  },
};

/** The meaning of a partner's code of a state; null for one that nobody has said anything of. */
export function statusMeant(
  { type, statusMap }: { readonly type: PartnerType; readonly statusMap: Readonly<Record<string, PartnerStatus>> },
  code: string,
): PartnerStatus | null {
  const known = { ...OWN_CODES[type], ...statusMap };
  return Object.hasOwn(known, code) ? (known[code] ?? null) : null;
}

/** The reasons for which a matter stays in the house and no case system of others gets it, the gravest first. */
export const STAY_REASONS = ["sealed", "danger", "minor", "petition"] as const;
/** A reason for which a matter stays in the house. */
export type StayReason = (typeof STAY_REASONS)[number];

/** The reason for which a matter stays in the house; null where it may leave. */
export function whyItStays(signs: Readonly<Record<StayReason, boolean>>): StayReason | null {
  return STAY_REASONS.find((reason) => signs[reason]) ?? null;
}

/** The most tries of one message to a case system of others; then somebody of the office sees to it. */
export const MOST_TRIES = 10;

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** From so many failed calls in a row on a partner is left alone for a while. */
const FAILURES_TO_REST = 5;
const REST_MS = 5 * 60_000;

/**
 * The pause before the next try of a message: three times as long each time, up to six hours, with a tenth more or less, so that many do not come back
 * at once.
 *
 * @param tries how many there were, from 1
 * @param random 0 to 1
 */
export function pauseBeforeTry(tries: number, random: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 3 ** (tries - 1), LONGEST_PAUSE_MS);
  return Math.min(LONGEST_PAUSE_MS, Math.round(pause * (0.9 + random / 5)));
}

/** The time for which a partner is left alone after so many failed calls in a row, in milliseconds; 0 for not at all. */
export function restAfter(failures: number): number {
  return failures < FAILURES_TO_REST ? 0 : REST_MS;
}
