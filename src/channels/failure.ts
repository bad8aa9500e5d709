import type { FetchedMedia, SendOutcome } from "./channel.ts";

/** A failure of a call: any outcome but success and another address. */
export type Failure = Exclude<SendOutcome, { outcome: "delivered" | "moved" }>;

/**
 * A failed call with its cause: `code` is the platform's own, null when the failure did not come from the platform;
 * `uncalled` when no call was made.
 */
export type Failed = {
  readonly ok: false;
  readonly code: number | null;
  readonly failure: Failure;
  readonly uncalled?: true;
  /** Whether what was asked for is larger than what is taken. */
  readonly isTooLarge?: true;
};

/** The result of fetching a file by a call that failed: it may be tried again unless it was refused. */
export function notFetched({ failure, isTooLarge }: Failed): Extract<FetchedMedia, { ok: false }> {
  const { reason, outcome } = failure;
  return { ok: false, reason, retryable: outcome !== "refused", ...(isTooLarge && { isTooLarge }) };
}
