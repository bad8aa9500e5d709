import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { inbox } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { isTooSlow } from "../../../db/transient-error.ts";
import { retryDelayMs } from "../../domain/messages/delivery-ladder.ts";
import { type DeliverKey, lockForDelivery } from "../outgoing.ts";
import type { House } from "../runtime/runtime.ts";

/** After so many tries, about a minute, a message is stuck: a person must look at it. */
const TRIES = 6;
/** A delivery that cannot even be prepared is given up after as many tries. */
const DELIVERY_TRIES = 6;
const REASON_LENGTH = 300;

type FailingMessage = Pick<typeof inbox.$inferSelect, "seq" | "jurisdictionId" | "attempts">;

/**
 * Notes that a message broke its handler: when it may be tried again, or that it is stuck.
 *
 * Those of the same person behind it wait with it, so that they keep their order; nobody else does. What only took too
 * long is never given up.
 */
export async function blameMessage(house: House, row: FailingMessage, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const failure = reasonOf(error);
  const isStuck = attempts >= TRIES && !isTooSlow(error);
  const now = house.now();
  const pauseMs = retryDelayMs(attempts, 0, house.random());
  house.log.error({ seq: row.seq, attempts, isStuck, failure }, "a message could not be handled");
  await house.database.inCounty(row.jurisdictionId, (tx) =>
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

/**
 * Notes that what is next for a conversation could not even be prepared, so that it certainly did not leave: it is tried
 * again later, and in the end given up as `failed`, so that what is behind it goes on.
 * @returns when to look again
 */
export async function blameDelivery(house: House, key: DeliverKey, error: unknown): Promise<Date | null> {
  const reason = reasonOf(error);
  return house.database.inCounty(key.jurisdictionId, async (tx) => {
    if ((await lockForDelivery(tx, key.conversationId)) === null) return null;
    const now = house.now();
    const [head] = await tx
      .select({ id: outbox.id, tries: outbox.tries })
      .from(outbox)
      .where(
        and(
          eq(outbox.conversationId, key.conversationId),
          inArray(outbox.state, ["waiting"]),
          eq(outbox.awaitsContact, false),
          lte(outbox.notBefore, now),
        ),
      )
      .orderBy(asc(outbox.seq))
      .limit(1);
    if (head === undefined) return null;
    const tries = head.tries + 1;
    const isGivenUp = tries >= DELIVERY_TRIES && !isTooSlow(error);
    house.log.error({ outbox: head.id, tries, isGivenUp, reason }, "a message could not be prepared for its delivery");
    const again = new Date(now.getTime() + (isGivenUp ? 0 : retryDelayMs(tries, 0, house.random())));
    await tx
      .update(outbox)
      .set({ tries, reason, ...(isGivenUp ? { state: "failed", settledAt: now } : { notBefore: again }) })
      .where(eq(outbox.id, head.id));
    return again;
  });
}

/** What an error says, without what it quotes: that may be somebody's words. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.message.replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, "…").slice(0, REASON_LENGTH);
}
