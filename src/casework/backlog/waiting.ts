import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import { alias, QueryBuilder } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { leaseIsOver } from "../delivery/lease.ts";
import type { WakeUp } from "../inbox/accept.ts";
import { isDanger } from "../inbox/ordering.ts";

/** The key of a conversation to which something may be sent now; `urgent` when a danger to life is among it. */
export type WaitingConversation = {
  readonly jurisdictionId: string;
  readonly conversationId: string;
  readonly urgent?: boolean;
  /** In which traces this was announced, while messages are followed. */
  readonly traces?: readonly string[];
};

/** So many conversations are announced by one sweep: more than workers do until the next. */
const SWEPT_AT_ONCE = 2000;
/** Where that is not all, so many are looked for that should not wait behind it. */
const AHEAD_AT_ONCE = 500;

/**
 * Finds what waits in a county although it should have been taken up: messages not processed since `unprocessedSince`,
 * and outgoing ones that are due or whose call must have ended.
 *
 * Of messages it is enough to know that there are any: whoever is woken finds whose they are. Outgoing ones come the oldest
 * first. Where there are more than one look takes, what is to be sent about dangers stands before the rest and is marked so.
 *
 * Reads the partial indexes of what is open, never the history.
 */
export async function findWaiting(
  database: Database,
  jurisdictionId: string,
  times: { readonly now: Date; readonly unprocessedSince: Date },
): Promise<{ readonly receive: WakeUp | null; readonly deliver: WaitingConversation[] }> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const [[unprocessed], due] = await Promise.all([
      tx
        .execute<Unprocessed>(sql`
          select exists ${messages(jurisdictionId, times, isDanger(times.now))} as danger,
            exists ${messages(jurisdictionId, times, not(exists(heldAt(times.now))))} as calm`)
        .execute(),
      unsent(tx, jurisdictionId, times.now),
    ]);
    const urgent = due.length < SWEPT_AT_ONCE ? [] : await urgentUnsent(tx, jurisdictionId, times.now);
    const ahead = new Set(urgent.flatMap((row) => row.conversationId ?? []));
    const behind = new Set(due.flatMap((row) => row.conversationId ?? [])).difference(ahead);
    return {
      receive: wakeUpFor(jurisdictionId, unprocessed),
      deliver: [
        ...[...ahead].map((conversationId) => ({ jurisdictionId, conversationId, urgent: true })),
        ...[...behind].map((conversationId) => ({ jurisdictionId, conversationId })),
      ],
    };
  });
}

/**
 * Filters these conversations for those with something to send, in one query for all: another process may have sent it
 * meanwhile.
 */
export async function stillToSend(
  database: Database,
  jurisdictionId: string,
  conversationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .selectDistinct({ id: outbox.conversationId })
      .from(outbox)
      .where(
        and(
          inArray(outbox.conversationId, [...conversationIds]),
          inArray(outbox.state, ["waiting", "sending"]),
          not(outbox.awaitsContact),
        ),
      ),
  );
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

type Times = { readonly now: Date; readonly unprocessedSince: Date };

type Unprocessed = { danger: boolean; calm: boolean };

function wakeUpFor(jurisdictionId: string, { danger = false, calm = false }: Partial<Unprocessed> = {}): WakeUp | null {
  if (danger) return { jurisdictionId, urgent: true };
  return calm ? { jurisdictionId } : null;
}

/** Messages that wait and may take effect. */
function messages(jurisdictionId: string, times: Times, may: SQL | undefined) {
  return new QueryBuilder()
    .select({ one: sql`1` })
    .from(inbox)
    .where(
      and(
        eq(inbox.jurisdictionId, jurisdictionId),
        isNull(inbox.processedAt),
        lt(inbox.receivedAt, times.unprocessedSince),
        may,
      ),
    );
}

/** What keeps a message back: it, or one before it of the same person, is stuck or waits for its next try. */
function heldAt(now: Date) {
  const held = alias(inbox, "held");
  return new QueryBuilder()
    .select({ one: sql`1` })
    .from(held)
    .where(
      and(
        eq(held.accountId, inbox.accountId),
        eq(held.peer, inbox.peer),
        isNull(held.processedAt),
        lte(held.seq, inbox.seq),
        or(isNotNull(held.stuckAt), gt(held.retryAt, now)),
      ),
    );
}

/** Spelled as the partial index is, so that it is used. */
function isDue(jurisdictionId: string, now: Date) {
  return and(
    eq(outbox.jurisdictionId, jurisdictionId),
    inArray(outbox.state, ["waiting", "sending"]),
    not(outbox.awaitsContact),
    lte(outbox.notBefore, now),
    isNotNull(outbox.conversationId),
    or(isNull(outbox.leaseUntil), leaseIsOver),
  );
}

function unsent(tx: Transaction, jurisdictionId: string, now: Date) {
  return tx
    .select({ conversationId: outbox.conversationId })
    .from(outbox)
    .where(isDue(jurisdictionId, now))
    .orderBy(asc(outbox.notBefore))
    .limit(SWEPT_AT_ONCE);
}

/** The words for who is in danger, and what is said of cases of danger. */
function urgentUnsent(tx: Transaction, jurisdictionId: string, now: Date) {
  const isOfDanger = tx
    .select({ one: sql`1` })
    .from(cases)
    .where(and(eq(cases.id, outbox.caseId), eq(cases.priority, true)));
  return tx
    .select({ conversationId: outbox.conversationId })
    .from(outbox)
    .where(and(isDue(jurisdictionId, now), or(eq(outbox.kind, "emergency"), exists(isOfDanger))))
    .orderBy(asc(outbox.notBefore))
    .limit(AHEAD_AT_ONCE);
}
