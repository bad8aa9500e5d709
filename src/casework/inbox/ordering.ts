import { and, asc, eq, gt, isNull, lte, or } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";

type InboxRow = typeof inbox.$inferSelect;

/**
 * The waiting messages of a person that take effect now.
 *
 * They take effect in order, up to the first that waits for its next try or is stuck; those behind it wait with it. A
 * danger to life does not wait: it goes ahead of what is held, for the emergency reply and a priority case cannot wait for somebody to look into
 * a message that breaks. Deputies' words are no emergencies, whatever they speak of.
 * @param waiting the first `limit` messages of this person that were not heard, in order
 */
export async function nextInOrder(
  tx: Transaction,
  person: { readonly accountId: string; readonly peer: string },
  waiting: readonly InboxRow[],
  given: { readonly now: Date; readonly limit: number; readonly isDeputy: boolean },
): Promise<InboxRow[]> {
  const { now, limit, isDeputy } = given;
  const index = waiting.findIndex((row) => row.stuckAt !== null || (row.retryAt !== null && row.retryAt > now));
  const held = waiting[index];
  if (held === undefined) return [...waiting];
  const before = waiting.slice(0, index);
  if (isDeputy || before.length === limit) return before;
  const dangers = await tx
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.accountId, person.accountId),
        eq(inbox.peer, person.peer),
        isNull(inbox.processedAt),
        gt(inbox.seq, held.seq),
        isDanger(now),
      ),
    )
    .orderBy(asc(inbox.seq))
    .limit(limit - before.length);
  return [...before, ...dangers];
}

/** The condition that a message tells of a danger to life and is not held itself. */
export function isDanger(now: Date) {
  return and(eq(inbox.urgent, true), isNull(inbox.stuckAt), or(isNull(inbox.retryAt), lte(inbox.retryAt, now)));
}
