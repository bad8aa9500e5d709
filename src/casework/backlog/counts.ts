import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { eventsToLink } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { BY_PHONE } from "../../domain/messages/delivery-ladder.ts";
import { leaseIsOverSince } from "../delivery/lease.ts";
import { wasToldAgain } from "../delivery/tell-again.ts";

/**
 * The reasons for which messages wait to be processed: it will soon be their turn (`unheard`); processing failed and is tried again (`retry`);
 * or it failed so often that somebody must look (`stuck`). Those of the same person behind them count as `unheard`. What tells
 * of a danger to life is counted as `danger` alone, whatever keeps it.
 */
const WAITING_REASONS = ["unheard", "retry", "stuck", "danger"] as const;
/**
 * Why messages wait to leave: `due` now; their `time` has not come; a `retry` is set; a call is out (`sending`); nothing can
 * go before the person's next `contact`, other than what is told by telephone; or they are `stuck`: more than a minute due, and nobody takes them.
 */
const UNDELIVERED = ["due", "time", "retry", "sending", "contact", "stuck"] as const;
/** How deliveries of the last day ended that have no good end. */
const ENDED_BADLY = ["failed", "uncertain"] as const;

/**
 * The number of things that wait for one reason; `oldest` is the moment since which the first of them waits, null where
 * there is none.
 */
export type WaitingCount = { readonly count: number; readonly oldest: Date | null };

/** The counts of what waits in a county, by reason. */
export type WaitingCounts = {
  readonly messages: Readonly<Record<(typeof WAITING_REASONS)[number], WaitingCount>>;
  readonly deliveries: Readonly<Record<(typeof UNDELIVERED)[number], WaitingCount>>;
  readonly endedBadly: Readonly<Record<(typeof ENDED_BADLY)[number], number>>;
  /** Events that the ledger's chain does not cover yet. */
  readonly unlinkedEvents: number;
};

type Counted = { readonly reason: string; readonly count: number; readonly oldest: string | null };

const STUCK_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Counts what waits in a county, from the partial indexes of what is open: its cost grows with what waits, never with
 * the history.
 */
export async function countWaiting(database: Database, jurisdictionId: string, now: Date): Promise<WaitingCounts> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const stuckSince = sql`${new Date(now.getTime() - STUCK_MS).toISOString()}::timestamptz`;
  const daySince = sql`${new Date(now.getTime() - DAY_MS).toISOString()}::timestamptz`;
  const counted = sql`count(*)::int as count`;
  return database.inCounty(jurisdictionId, async (tx) => {
    const [messages, leaving, parked, unsettled, unlinked] = await Promise.all([
      tx.execute<Counted>(sql`
        select case
            when ${inbox.urgent} then 'danger'
            when ${inbox.stuckAt} is not null then 'stuck'
            when ${inbox.attempts} > 0 then 'retry'
            else 'unheard'
          end as reason, ${counted}, min(${inbox.receivedAt})::text as oldest
        from ${inbox} where ${inbox.jurisdictionId} = ${jurisdictionId} and ${inbox.processedAt} is null group by 1`),
      tx.execute<Counted>(sql`
        select case
            when ${outbox.state} = 'sending' and not ${leaseIsOverSince(STUCK_MS)} then 'sending'
            when ${outbox.state} = 'sending' or ${outbox.notBefore} <= ${stuckSince} then 'stuck'
            when ${outbox.notBefore} <= ${at} then 'due'
            when ${outbox.tries} > 0 then 'retry'
            else 'time'
          end as reason, ${counted}, min(${outbox.createdAt})::text as oldest
        from ${outbox}
        where ${outbox.jurisdictionId} = ${jurisdictionId} and ${outbox.state} in ('waiting', 'sending')
          and not ${outbox.awaitsContact}
        group by 1`),
      tx.execute<Counted>(sql`
        select 'contact' as reason, ${counted}, min(${outbox.createdAt})::text as oldest
        from ${outbox}
        where ${outbox.jurisdictionId} = ${jurisdictionId} and ${outbox.state} in ('waiting', 'sending')
          and ${outbox.awaitsContact} and ${outbox.reason} is distinct from ${BY_PHONE}`),
      tx.execute<Counted>(sql`
        select ${outbox.state} as reason, ${counted}, null as oldest from ${outbox}
        where ${outbox.jurisdictionId} = ${jurisdictionId} and ${outbox.state} in ('failed', 'uncertain')
          and ${outbox.settledAt} > ${daySince} and not ${wasToldAgain}
        group by 1`),
      tx.execute<Counted>(sql`
        select 'unlinked' as reason, ${counted}, null as oldest from ${eventsToLink}
        where ${eventsToLink.jurisdictionId} = ${jurisdictionId}`),
    ]);
    const ended = byReason(ENDED_BADLY, unsettled);
    return {
      messages: byReason(WAITING_REASONS, messages),
      deliveries: byReason(UNDELIVERED, [...leaving, ...parked]),
      endedBadly: { failed: ended.failed.count, uncertain: ended.uncertain.count },
      unlinkedEvents: unlinked[0]?.count ?? 0,
    };
  });
}

/** Every reason is there, also where nobody waits for it: an alarm must see the 0. */
function byReason<R extends string>(reasons: readonly R[], rows: readonly Counted[]): Record<R, WaitingCount> {
  const entries = reasons.map((reason): [R, WaitingCount] => {
    const row = rows.find((one) => one.reason === reason);
    return [reason, { count: row?.count ?? 0, oldest: row?.oldest == null ? null : new Date(row.oldest) }];
  });
  return Object.fromEntries(entries) as Record<R, WaitingCount>;
}
