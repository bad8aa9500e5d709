import type { Failed, Failure } from "../failure.ts";

type Blocks = Extract<Failure, { outcome: "refused" }>["blocks"];
type Row = { readonly meaning: string } & ({ readonly blocks: Blocks } | { readonly retryAfterMs: number });

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** An account that somebody must mend first is tried so often, by one call. */
const MENDING_PAUSE_MS = 30_000;

/** A code that says that the platform is busy. */
const BUSY = -1;
/** The corporation's calls of the minute are used up, or too many are made at once. */
const TOO_MANY: ReadonlySet<number | null> = new Set([45009, 45033]);
/** Codes after which a fresh access token may help. */
const TOKEN_CODES: ReadonlySet<number | null> = new Set([40014, 41001, 42001]);

/** The errcodes of protocols.md 3.2 and 3.3, each with what it means for the message at hand. */
const ERRORS: ReadonlyMap<number, Row> = new Map<number, Row>([
  [BUSY, { meaning: "the platform is busy", retryAfterMs: 2 * SECOND_MS }],
  [40001, { meaning: "wrong app secret", blocks: "account" }],
  [40003, { meaning: "no such member", blocks: "person" }],
  [40007, { meaning: "media id invalid or expired", blocks: "content" }],
  [40013, { meaning: "wrong corp id", blocks: "account" }],
  [40014, { meaning: "access token invalid, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [40056, { meaning: "wrong agent id", blocks: "account" }],
  [40058, { meaning: "a field that the platform does not take", blocks: "content" }],
  [41001, { meaning: "no access token arrived", retryAfterMs: 10 * SECOND_MS }],
  [42001, { meaning: "access token expired, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [44004, { meaning: "an empty text", blocks: "content" }],
  [45002, { meaning: "content too long", blocks: "content" }],
  [45009, { meaning: "too many calls this minute", retryAfterMs: MINUTE_MS }],
  [45033, { meaning: "too many calls at once", retryAfterMs: 5 * SECOND_MS }],
  [48002, { meaning: "the app may not call this", blocks: "account" }],
  [60011, { meaning: "the app may not write to this member", blocks: "person" }],
  [60020, { meaning: "this server's address is not on the app's list of trusted ones", blocks: "account" }],
  [60111, { meaning: "no such member", blocks: "person" }],
  [81013, { meaning: "the member is unknown, or outside those who see the app", blocks: "person" }],
  [301002, { meaning: "the secret is not this app's", blocks: "account" }],
]);

/** Whether an errcode says that the access token is wrong or expired. */
export function isTokenCode(code: number | null): boolean {
  return TOKEN_CODES.has(code);
}

/**
 * The failure that an errcode means for the message that was being sent.
 *
 * @param message the platform's `errmsg`, without secrets; told only where somebody must mend the account
 * @param unknownBlocks what a code that is not in the table blocks
 */
export function failureOf(code: number, message: string, unknownBlocks: Blocks = "content"): Failure {
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

/** The time for which an interface is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  if (failure.outcome === "retry") return TOO_MANY.has(code) ? failure.afterMs : 0;
  return failure.outcome === "refused" && failure.blocks === "account" ? MENDING_PAUSE_MS : 0;
}
