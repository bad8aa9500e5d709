/** The ways in which a person without a chat brings a matter. */
export const INTAKE_WAYS = ["walk-in", "phone", "paper", "other"] as const;
/** A way in which a person without a chat brings a matter. */
export type IntakeWay = (typeof INTAKE_WAYS)[number];

/**
 * The reasons for which somebody is rung up: they have no chat, no message reaches them in any of theirs, they told something of another's case, or the office wants it; a deputy
 * because they have not answered in time, or because no reminder reaches them.
 */
export const PHONE_TASK_REASONS = [
  "no-chat",
  "joined",
  "asked",
  "unreached",
  "deputy-late",
  "deputy-unreached",
] as const;
/** A reason for which somebody is rung up. */
export type PhoneTaskReason = (typeof PHONE_TASK_REASONS)[number];

/** The results of a call. */
export const PHONE_RESULTS = ["reached", "not-reached", "wrong-number"] as const;
/** A result of a call. */
export type PhoneResult = (typeof PHONE_RESULTS)[number];

/** The people to whom a call about a case may be: its own resident, somebody who joined it at a desk, or the deputy who has it. */
export const CALLED_PARTIES = ["resident", "joined", "deputy"] as const;
/** A kind of people to whom a call about a case may be. */
export type CalledParty = (typeof CALLED_PARTIES)[number];

/** The ways in which a person without a chat is told what becomes of their matter: by a chat of their own, by telephone, when they come again. */
export const CONTACT_WAYS = ["chat", "phone", "again"] as const;
/** A way in which a person without a chat is told what becomes of their matter. */
export type ContactWay = (typeof CONTACT_WAYS)[number];

/** The kind of channel of people without a chat. */
export const DESK_CHANNEL = "desk";

/** The rung of a message that somebody told its reader themselves. */
export const BY_PERSON = "person";

/** The number of days on which a station tries to reach somebody; then the county's office sees to it. */
export const MOST_MISSED_DAYS = 3;

/** A phone number with so much of it as tells two apart: `138****1234`. @param phone as it is dialled */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, Math.max(1, phone.length - 8))}****${phone.slice(-Math.min(4, phone.length - 1))}`;
}

/** A phone number as it is dialled: digits alone, a mobile or a landline of this country; null where it is none. */
export function phoneNumber(typed: string): string | null {
  const digits = typed
    .normalize("NFKC")
    .replace(/^\+86/, "")
    .replace(/[\s\-()]/g, "");
  return /^(1[3-9]\d{9}|0\d{9,11}|\d{7,8})$/.test(digits) ? digits : null;
}

/** A moment at which something was said at a desk, as it was written down there: `2026-11-29`, or `2026-11-29 14:30`. */
export const SAID_AT = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?$/;
