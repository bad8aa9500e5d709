import { and, eq, isNull } from "drizzle-orm";
import { inbox } from "../../../db/schema/conversations.ts";
import { isTooSlow } from "../../../db/transient-error.ts";
import { retryDelayMs } from "../../domain/messages/delivery-ladder.ts";
import { reasonOf } from "../runtime/failure-reason.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** After so many tries, about a minute, a message is stuck: a person must look at it. */
const TRIES = 6;

type FailingMessage = Pick<typeof inbox.$inferSelect, "seq" | "jurisdictionId" | "attempts">;

/**
 * Records that a message broke its handler: when it may be tried again, or that it is stuck.
 *
 * Those of the same person behind it wait with it, so that they keep their order; nobody else does. What only took too
 * long is never given up.
 */
export async function failMessage(runtime: Runtime, row: FailingMessage, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const failure = reasonOf(error);
  const isStuck = attempts >= TRIES && !isTooSlow(error);
  const now = runtime.now();
  const pauseMs = retryDelayMs(attempts, 0, runtime.random());
  runtime.log.error({ seq: row.seq, attempts, isStuck, failure }, "a message could not be handled");
  await runtime.database.inCounty(row.jurisdictionId, (tx) =>
    tx
      .update(inbox)
      .set({
        attempts,
        failure,
        retryAt: isStuck ? null : new Date(now.getTime() + pauseMs),
        stuckAt: isStuck ? now : null,
      })
      // Two workers that failed at once failed once.
      .where(and(eq(inbox.seq, row.seq), isNull(inbox.processedAt), eq(inbox.attempts, row.attempts)))
      .then(() => undefined),
  );
}
