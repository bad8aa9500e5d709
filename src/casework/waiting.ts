import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import { inbox } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import type { WaitingPeer } from "./inbox.ts";

/** Names one conversation to which something may be sent now; `urgent` when a danger to life is among it. */
export type WaitingConversation = {
  readonly jurisdictionId: string;
  readonly conversationId: string;
  readonly urgent?: boolean;
};

/** At most this many of each kind per look; the next look finds the rest. */
const AT_ONCE = 500;

/**
 * What waits in a county although it should have been taken up: messages not heard since `unheardSince`, and outgoing
 * ones that are due or whose call must have ended.
 *
 * Reads the partial indexes of what is open, never the history.
 */
export async function findWaiting(
  database: Database,
  jurisdictionId: string,
  times: { readonly now: Date; readonly unheardSince: Date },
): Promise<{ readonly receive: WaitingPeer[]; readonly deliver: WaitingConversation[] }> {
  const [unheard, unsent] = await database.inCounty(jurisdictionId, (tx) =>
    Promise.all([
      tx
        .select({ accountId: inbox.accountId, peer: inbox.peer })
        .from(inbox)
        .where(
          and(
            eq(inbox.jurisdictionId, jurisdictionId),
            isNull(inbox.processedAt),
            lt(inbox.receivedAt, times.unheardSince),
          ),
        )
        .orderBy(asc(inbox.receivedAt))
        .limit(AT_ONCE),
      tx
        .select({ conversationId: outbox.conversationId })
        .from(outbox)
        .where(
          and(
            eq(outbox.jurisdictionId, jurisdictionId),
            inArray(outbox.state, ["waiting", "sending"]),
            eq(outbox.awaitsContact, false),
            lte(outbox.notBefore, times.now),
            isNotNull(outbox.conversationId),
            or(isNull(outbox.leaseUntil), lt(outbox.leaseUntil, times.now)),
          ),
        )
        .orderBy(asc(outbox.notBefore))
        .limit(AT_ONCE),
    ]),
  );
  const peers = new Map(unheard.map((row) => [`${row.accountId} ${row.peer}`, { jurisdictionId, ...row }]));
  const conversations = new Set(unsent.flatMap((row) => row.conversationId ?? []));
  return {
    receive: [...peers.values()],
    deliver: [...conversations].map((conversationId) => ({ jurisdictionId, conversationId })),
  };
}

/** Something that did not come to its end by itself; it names no person and no words. */
export type Stuck = {
  readonly what: "message" | "delivery";
  readonly id: string;
  readonly state: string;
  readonly since: Date;
  readonly tries: number;
  readonly reason: string | null;
};

/**
 * Messages that wait or were put aside, and deliveries that failed, are uncertain or wait longer than they should.
 * @param times.waitingSince what waits since before this moment counts as stuck
 */
export async function findStuck(
  database: Database,
  jurisdictionId: string,
  times: { readonly waitingSince: Date; readonly settledSince: Date },
): Promise<Stuck[]> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const messages = await tx
      .select({
        id: sql<string>`${inbox.seq}::text`,
        state: sql<string>`coalesce(${inbox.outcome}, 'waiting')`,
        since: inbox.receivedAt,
        tries: inbox.attempts,
        reason: inbox.failure,
      })
      .from(inbox)
      .where(
        or(
          and(isNull(inbox.processedAt), lt(inbox.receivedAt, times.waitingSince)),
          and(isNotNull(inbox.failure), gt(inbox.processedAt, times.settledSince)),
        ),
      )
      .orderBy(asc(inbox.receivedAt))
      .limit(AT_ONCE);
    const deliveries = await tx
      .select({
        id: outbox.id,
        state: sql<string>`${outbox.state}`,
        since: outbox.createdAt,
        tries: outbox.tries,
        reason: outbox.reason,
      })
      .from(outbox)
      .where(
        or(
          and(inArray(outbox.state, ["waiting", "sending"]), lt(outbox.notBefore, times.waitingSince)),
          and(inArray(outbox.state, ["failed", "uncertain"]), gt(outbox.settledAt, times.settledSince)),
        ),
      )
      .orderBy(asc(outbox.createdAt))
      .limit(AT_ONCE);
    return [
      ...messages.map((row) => ({ what: "message" as const, ...row })),
      ...deliveries.map((row) => ({ what: "delivery" as const, ...row })),
    ];
  });
}
