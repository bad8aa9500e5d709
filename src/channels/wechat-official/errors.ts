import type { Failed, Failure } from "../failure.ts";

type Blocks = Extract<Failure, { outcome: "refused" }>["blocks"];

type Row = { readonly meaning: string } & (
  | { readonly blocks: Blocks; readonly lacks?: true }
  | { readonly retryAfterMs: number }
  | { readonly retry: "tomorrow" }
);

const SECOND_MS = 1000;

const MINUTE_MS = 60 * SECOND_MS;

const DAY_MS = 24 * 60 * MINUTE_MS;

/** The platform counts its days in China's time, which has had no summer time since 1991. */
const SHANGHAI_MS = 8 * 60 * MINUTE_MS;

/** The errcodes of protocols.md 2.1 to 2.5, each with what it means for the message at hand. */
const ERRORS: ReadonlyMap<number, Row> = new Map([
  [-1, { meaning: "the platform is busy", retryAfterMs: 2 * SECOND_MS }],
  [40001, { meaning: "access token refused, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [40003, { meaning: "the person is unknown to this account", blocks: "person" }],
  [40007, { meaning: "media id invalid or expired", blocks: "content" }],
  [40013, { meaning: "wrong app id", blocks: "account" }],
  [40014, { meaning: "access token invalid, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [40037, { meaning: "wrong template id", blocks: "account" }],
  [40125, { meaning: "wrong app secret", blocks: "account" }],
  [40164, { meaning: "this server's address is not on the account's allow-list", blocks: "account" }],
  [40200, { meaning: "this kind of account may not send this kind of message", blocks: "account" }],
  [41001, { meaning: "no access token arrived", blocks: "account" }],
  [42001, { meaning: "access token expired, also after renewal", retryAfterMs: 10 * SECOND_MS }],
  [43004, { meaning: "the person does not follow the account", blocks: "person" }],
  [43019, { meaning: "the person is on the account's blacklist", blocks: "person" }],
  [43101, { meaning: "no consent to a subscription notice is left", blocks: "rung" }],
  [45002, { meaning: "content too long", blocks: "content" }],
  [45008, { meaning: "more than one article", blocks: "content" }],
  [45009, { meaning: "the day's quota of calls is used up", retry: "tomorrow" }],
  [45011, { meaning: "too many calls this minute", retryAfterMs: MINUTE_MS }],
  [45015, { meaning: "outside the 48 hours, or unfollowed", blocks: "rung" }],
  [45047, { meaning: "the messages that the person's last action allowed are used up", blocks: "rung" }],
  [45072, { meaning: "wrong typing command", blocks: "content" }],
  [45080, { meaning: "typing without contact in 30 seconds", blocks: "content" }],
  [45081, { meaning: "already typing", blocks: "content" }],
  [45098, { meaning: "menu with too many items", blocks: "content" }],
  [45099, { meaning: "menu item too long", blocks: "content" }],
  [47003, { meaning: "a template field does not fit its type", blocks: "content" }],
  [48001, { meaning: "the account lacks this interface", blocks: "account", lacks: true }],
  [48002, { meaning: "the person refuses the account's messages", blocks: "person" }],
  [48004, { meaning: "the interface is banned", blocks: "account" }],
  [50002, { meaning: "the person is restricted", blocks: "person" }],
]);

/** Codes after which a fresh access token may help. */
const TOKEN_CODES: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** Whether an errcode says that the access token is wrong or expired. */
export function isTokenCode(code: number | null): boolean {
  return code !== null && TOKEN_CODES.has(code);
}

/**
 * The failure that an errcode of the platform means for the message that was being sent.
 *
 * No randomness is added to the waits: the caller spreads them.
 * @param message the platform's `errmsg`, without secrets; told only where somebody must mend the account
 * @param unknownBlocks what a code that is not in the table blocks
 */
export function failureOf(code: number, message: string, now: Date, unknownBlocks: Blocks = "content"): Failure {
  const row = ERRORS.get(code);
  if (row === undefined) {
    return { outcome: "refused", reason: `${code} unknown to us: ${message}`, blocks: unknownBlocks };
  }
  const reason = `${code} ${row.meaning}`;
  if ("retry" in row) return { outcome: "retry", reason, afterMs: untilTomorrow(now), scope: "account" };
  if ("retryAfterMs" in row) return { outcome: "retry", reason, afterMs: row.retryAfterMs, scope: "account" };
  // Without the platform's words, which name the request: whoever is told it again sees that it is the same.
  if (row.lacks) return { outcome: "refused", reason, blocks: row.blocks, lacks: true };
  const told = row.blocks === "account" ? `${reason}: ${message}` : reason;
  return { outcome: "refused", reason: told, blocks: row.blocks };
}

/** Milliseconds until five past midnight in China. */
function untilTomorrow(now: Date): number {
  const midnight = (Math.floor((now.getTime() + SHANGHAI_MS) / DAY_MS) + 1) * DAY_MS - SHANGHAI_MS;
  return midnight + 5 * MINUTE_MS - now.getTime();
}

/** A code that says that the platform is busy. */
const BUSY = -1;
/** Speaks of one kind of message, menus mostly, and not of the interface. */
const KIND_REFUSED = 40200;
/** The interface's quota of the day or the minute is used up. */
const QUOTA_CODES: ReadonlySet<number | null> = new Set([45009, 45011]);
/** An interface that somebody must mend first is tried so often, by one call. */
const MENDING_PAUSE_MS = 30_000;

/** Whether a failed call says that the platform is busy, or that it takes no token of ours. */
export function isDown({ code }: Failed): boolean {
  return code === BUSY || isTokenCode(code);
}

/** The time for which an interface is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  if (failure.outcome === "retry") return QUOTA_CODES.has(code) ? failure.afterMs : 0;
  const mustBeMended = failure.outcome === "refused" && failure.blocks === "account" && code !== KIND_REFUSED;
  return mustBeMended ? MENDING_PAUSE_MS : 0;
}
