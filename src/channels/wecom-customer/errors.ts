import type { Failed, Failure } from "../failure.ts";

/** The part of a refusal that says what else would fail for the same reason. */
export type Blocks = Extract<Failure, { outcome: "refused" }>["blocks"];

type Row = { readonly meaning: string } & ({ readonly blocks: Blocks } | { readonly retryAfterMs: number });

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** The platform is busy. */
const BUSY = -1;
/** Calls per minute, and at once: whoever goes on is kept out for longer. */
const TOO_MANY: ReadonlySet<number | null> = new Set([45009, 45033]);
const TOKEN_CODES: ReadonlySet<number | null> = new Set([40014, 41001, 42001]);

/** The session is with a person of the county's own staff, or has ended: it is asked which, and taken back where that is possible. */
export const SESSION_ELSEWHERE = 95018;
/** An uploaded file is not known any more. */
export const MEDIA_EXPIRED = 40007;
/** The menu as such is refused, so the same question may go as words. */
export const MENU_REFUSED: ReadonlySet<number | null> = new Set([95008, 95009]);

/** The errcodes of the platform (protocols-more.md 2), each with what it means for the message at hand. */
const ERRORS: ReadonlyMap<number, Row> = new Map<number, Row>([
  [BUSY, { meaning: "the platform is busy", retryAfterMs: 2 * SECOND_MS }],
  [40001, { meaning: "wrong secret", blocks: "account" }],
  [40007, { meaning: "media id invalid or expired", blocks: "content" }],
  [40013, { meaning: "wrong corp id", blocks: "account" }],
  [40014, { meaning: "access token invalid, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [40096, { meaning: "the person is unknown to this account", blocks: "person" }],
  [41001, { meaning: "no access token arrived", retryAfterMs: 10 * SECOND_MS }],
  [42001, { meaning: "access token expired, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [45002, { meaning: "content too long", blocks: "content" }],
  [45009, { meaning: "too many calls this minute", retryAfterMs: MINUTE_MS }],
  [45033, { meaning: "too many calls at once", retryAfterMs: 10 * SECOND_MS }],
  [60020, { meaning: "this server's address is not among the trusted ones of the app", blocks: "account" }],
  [95000, { meaning: "no such customer-service account", blocks: "account" }],
  [95001, { meaning: "the messages that the person's last one allowed are used up", blocks: "rung" }],
  [95002, { meaning: "outside the 48 hours", blocks: "rung" }],
  [95004, { meaning: "no such customer-service account", blocks: "account" }],
  [95008, { meaning: "menu with too many items", blocks: "content" }],
  [95009, { meaning: "menu with an item of an unknown kind", blocks: "content" }],
  [95012, { meaning: "customer service is not switched on in the corporation", blocks: "account" }],
  [95013, { meaning: "the session has ended", blocks: "rung" }],
  [95016, { meaning: "the session cannot be taken over", blocks: "rung" }],
  [95018, { meaning: "the session is with a person of the staff", blocks: "rung" }],
]);

/** Codes that mean something else on other platforms: their reason begins with words, and not with the number. */
const NO_PERMISSION = 48002;

/** Whether an errcode says that the access token is wrong or expired. */
export function isTokenCode(code: number | null): boolean {
  return TOKEN_CODES.has(code);
}

/**
 * The failure that an errcode means for the message that was being sent.
 * @param message the platform's `errmsg`, without secrets; told only where somebody must mend the account
 * @param unknownBlocks what a code that is not in the table blocks
 */
export function failureOf(code: number, message: string, unknownBlocks: Blocks = "content"): Failure {
  if (code === NO_PERMISSION) {
    return { outcome: "refused", reason: `no permission for this interface (${code}): ${message}`, blocks: "account" };
  }
  const row = ERRORS.get(code);
  if (row === undefined) {
    return { outcome: "refused", reason: `${code} unknown to us: ${message}`, blocks: unknownBlocks };
  }
  const reason = `${code} ${row.meaning}`;
  if ("retryAfterMs" in row) return { outcome: "retry", reason, afterMs: row.retryAfterMs, scope: "account" };
  return {
    outcome: "refused",
    reason: row.blocks === "account" ? `${reason}: ${message}` : reason,
    blocks: row.blocks,
  };
}

/** Whether a failed call says that the platform is busy, or that it takes no token of ours. */
export function isDown({ code }: Failed): boolean {
  return code === BUSY || isTokenCode(code);
}

/** An interface that somebody must mend first is tried so often, by one call. */
const MENDING_PAUSE_MS = 30_000;

/** The time for which an interface is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  if (failure.outcome === "retry") return TOO_MANY.has(code) ? failure.afterMs : 0;
  return failure.outcome === "refused" && failure.blocks === "account" ? MENDING_PAUSE_MS : 0;
}

type Late = { readonly reason: string; readonly blocks: Blocks };

/** The platform's later words that a message which it had taken did not arrive, by `fail_type` (protocols-more.md 2). */
const LATE: Readonly<Record<string, Late>> = {
  "1": { reason: "the customer-service account was deleted", blocks: "account" },
  "2": { reason: "the app is switched off", blocks: "account" },
  "4": { reason: "outside the platform's window: the session is older than 48 hours", blocks: "rung" },
  "5": { reason: "outside the platform's window: the session was closed", blocks: "rung" },
  "6": { reason: "the platform's quota is used up", blocks: "rung" },
  "8": { reason: "the corporation is not verified", blocks: "account" },
  "10": { reason: "the person refuses messages", blocks: "person" },
  "11": { reason: "nobody of the corporation has signed in", blocks: "account" },
  "12": { reason: "this kind of message is not allowed", blocks: "content" },
};

/** The meaning of the platform's later word that a message did not arrive. */
export function lateFailure(failType: string): Late {
  const known = LATE[failType] ?? { reason: "the platform did not say why", blocks: "content" };
  return { ...known, reason: `${known.reason} (told later, ${failType || "no type"})` };
}
