import { and, asc, eq, inArray, lte, ne } from "drizzle-orm";
import { outbox } from "../../../db/schema/outbox.ts";
import { isTooSlow } from "../../../db/transient-error.ts";
import { retryDelayMs } from "../../domain/messages/delivery-ladder.ts";
import { REVISION } from "../outbox/content.ts";
import { reasonOf } from "../runtime/failure-reason.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type ConversationKey, lockConversation } from "../turn/conversation.ts";

/** A delivery that cannot even be prepared is given up after as many tries. */
const DELIVERY_TRIES = 6;

/**
 * Records that the next message of a conversation could not be prepared, and so certainly was not sent: it is tried
 * again later, and at last ends as `failed`, so that what is behind it goes on.
 * @returns when to look again
 */
export async function failDelivery(runtime: Runtime, key: ConversationKey, error: unknown): Promise<Date | null> {
  const reason = reasonOf(error);
  return runtime.database.inCounty(key.jurisdictionId, async (tx) => {
    if ((await lockConversation(tx, key.conversationId)) === null) return null;
    const now = runtime.now();
    const [head] = await tx
      .select({ id: outbox.id, tries: outbox.tries })
      .from(outbox)
      .where(
        and(
          eq(outbox.conversationId, key.conversationId),
          inArray(outbox.state, ["waiting"]),
          eq(outbox.awaitsContact, false),
          ne(outbox.kind, REVISION),
          lte(outbox.notBefore, now),
        ),
      )
      .orderBy(asc(outbox.seq))
      .limit(1);
    if (head === undefined) return null;
    const tries = head.tries + 1;
    const isGivenUp = tries >= DELIVERY_TRIES && !isTooSlow(error);
    runtime.log.error(
      { outbox: head.id, tries, isGivenUp, reason },
      "a message could not be prepared for its delivery",
    );
    const again = new Date(now.getTime() + (isGivenUp ? 0 : retryDelayMs(tries, 0, runtime.random())));
    await tx
      .update(outbox)
      .set({ tries, reason, ...(isGivenUp ? { state: "failed", settledAt: now } : { notBefore: again }) })
      .where(eq(outbox.id, head.id));
    return again;
  });
}
