import type { SendOutcome } from "../channel.ts";
import type { Failed, Failure } from "../failure.ts";

type Blocks = Extract<Failure, { outcome: "refused" }>["blocks"];

/** The platform's refusals by its code and words (Bot API; protocols-more.md 4): not every 403 is a person who blocked us. */
const REFUSALS: readonly (readonly [code: number, words: RegExp, blocks: Blocks])[] = [
  [400, /chat not found|user not found|PEER_ID_INVALID/i, "person"],
  [400, /./, "content"],
  [401, /./, "account"],
  [
    403,
    /bot was blocked|user is deactivated|can't initiate conversation|bot was kicked|group chat was deleted/i,
    "person",
  ],
  [403, /./, "rung"],
  [404, /./, "account"],
  [409, /./, "account"],
];

const MOST_WAIT_S = 7 * 86_400;
const RETRY_MS = 5000;

/** The words of the platform beside a code. */
export type Parameters = { readonly retryAfter?: number; readonly movedTo?: string };

/** The failure that an answer of the platform means for the message that was being sent. */
export function failureOf(code: number, description: string, { retryAfter }: Parameters): Failure {
  const reason = `${code} ${description}`;
  if (code === 429) {
    const seconds = Math.min(MOST_WAIT_S, retryAfter ?? RETRY_MS / 1000);
    return { outcome: "retry", reason: "429 too many calls", afterMs: seconds * 1000, scope: "account" };
  }
  if (code >= 500) return { outcome: "retry", reason, afterMs: RETRY_MS, scope: "account" };
  const known = REFUSALS.find(([refused, words]) => refused === code && words.test(description));
  return {
    outcome: "refused",
    reason: known === undefined ? `${reason}: unknown to us` : reason,
    blocks: known?.[2] ?? "content",
  };
}

/** The time for which the platform is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  return code === 429 && failure.outcome === "retry" ? failure.afterMs : 0;
}

/** Whether a failed call says that the platform is down, by a code of its own. */
export function isDown({ code }: Failed): boolean {
  return code !== null && code >= 500;
}

/** The outcome of a failed call of sending. */
export function outcomeOf(failed: Failed & { readonly movedTo?: string }): SendOutcome {
  return failed.movedTo === undefined ? failed.failure : { outcome: "moved", to: failed.movedTo };
}
