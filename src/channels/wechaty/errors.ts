import type { Failed, Failure } from "../failure.ts";

/** An answer of the bridge that is no success: its status, and what it says of it. */
type Refusal = {
  readonly status: number;
  readonly error: string;
  /** Of `pace`: what is to wait, and how long. */
  readonly scope: string;
  readonly waitSeconds: number;
};

const RETRY_MS = 5000;
const MOST_WAIT_S = 7 * 86_400;
/** A try with the account logged out costs nothing, and somebody scans its code sooner or later. */
const LOGGED_OUT_MS = 30_000;

const REFUSALS: Readonly<Record<number, Extract<Failure, { outcome: "refused" }>["blocks"]>> = {
  400: "content",
  401: "account",
  403: "account",
  // Not a friend any more, or no room of ours: nobody tells us when that changes, but they write again.
  404: "rung",
  413: "content",
};

/**
 * The failure that an answer of the bridge means for the message that was being sent. 502: the puppet failed while it spoke, and may
 * have spoken.
 */
export function failureOf({ status, error, scope, waitSeconds }: Refusal): Failure {
  const reason = `HTTP ${status}${error === "" ? "" : ` ${error}`}`;
  if (status === 429) {
    const afterMs = Math.min(MOST_WAIT_S, waitSeconds > 0 ? waitSeconds : RETRY_MS / 1000) * 1000;
    return { outcome: "retry", reason: "our own pace", afterMs, scope: scope === "address" ? "address" : "account" };
  }
  if (status === 502 || status === 504) return { outcome: "uncertain", reason };
  if (error === "logged-out")
    return { outcome: "retry", reason: "the account is logged out", afterMs: LOGGED_OUT_MS, scope: "account" };
  if (status >= 500) return { outcome: "retry", reason, afterMs: RETRY_MS, scope: "account" };
  const blocks = REFUSALS[status];
  return { outcome: "refused", reason: blocks ? reason : `${reason}: unknown to us`, blocks: blocks ?? "content" };
}

/** The time for which the bridge is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  return code === 429 && failure.outcome === "retry" && failure.scope === "account" ? failure.afterMs : 0;
}

/** Whether a failed call says that the bridge can send nothing at all. */
export function isDown({ code }: Failed): boolean {
  return code !== null && code >= 500;
}
