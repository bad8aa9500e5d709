import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, not, notExists, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import { wasToldAgain } from "../delivery/tell-again.ts";
import { lockConversation } from "../turn/conversation.ts";
import type { Outcome } from "../turn/outcome.ts";

/** A stuck message or delivery, which needs a decision by a person; it names nobody and holds no words. */
export type Stuck = {
  readonly what: "message" | "delivery";
  readonly id: string;
  readonly state: string;
  /** Whether it is about a danger to life; such stand first. */
  readonly danger: boolean;
  readonly since: Date;
  readonly tries: number;
  readonly reason: string | null;
};

/** An intervention: the decision of a person about something stuck, with its reason. */
export type Intervention = {
  readonly action: "retry" | "put-aside";
  readonly reason: string | null;
  readonly by: string;
  readonly at: Date;
};

/** The result of an intervention: done, or a plain sentence that says why not. */
export type Intervened = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const AT_ONCE = 500;
const QUARANTINE: Outcome["kind"] = "quarantine";
const UNREADABLE = "what the platform sent cannot be read; it is kept as it came";
const MESSAGE_ID = /^\d{1,15}$/;
const DELIVERY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds messages that failed, wait too long or cannot be read, and deliveries that failed, are uncertain, are tried
 * again and again, or wait longer than they should.
 *
 * Dangers to life come first, then the oldest, 500 of each. What a person put aside is settled.
 * @param times.waitingSince what waits since before this moment counts as stuck
 * @param times.settledSince what failed or could not be read before this moment does not count any more
 */
export async function findStuck(database: Database, jurisdictionId: string, times: StuckTimes): Promise<Stuck[]> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const messages = await stuckMessages(tx, times);
    const deliveries = await tx
      .select({
        id: outbox.id,
        state: sql<string>`${outbox.state}`,
        danger: sql<boolean>`${outbox.kind} = 'emergency'`,
        since: outbox.createdAt,
        tries: outbox.tries,
        reason: outbox.reason,
      })
      .from(outbox)
      .where(
        or(
          and(
            inArray(outbox.state, ["waiting", "sending"]),
            or(
              lt(outbox.notBefore, times.waitingSince),
              and(gt(outbox.tries, 0), lt(outbox.createdAt, times.waitingSince)),
            ),
          ),
          and(
            inArray(outbox.state, ["failed", "uncertain"]),
            gt(outbox.settledAt, times.settledSince),
            notExists(putAsideSince(tx)),
            not(wasToldAgain),
          ),
        ),
      )
      .orderBy(sql`${outbox.kind} <> 'emergency'`, asc(outbox.createdAt))
      .limit(AT_ONCE);
    return [
      ...messages.map((row) => ({ what: "message" as const, ...row })),
      ...deliveries.map((row) => ({ what: "delivery" as const, ...row })),
    ];
  });
}

/** What waits since before a moment counts as stuck; what failed or could not be read before another does not count any more. */
type StuckTimes = { readonly waitingSince: Date; readonly settledSince: Date };

/** Finds messages that failed, wait too long or cannot be read, within a transaction of the county; see {@link findStuck}. */
export async function stuckMessages(tx: Transaction, times: StuckTimes): Promise<Omit<Stuck, "what">[]> {
  const messages = await tx
    .select({
      id: sql<string>`${inbox.seq}::text`,
      state: sql<string>`case when ${inbox.stuckAt} is not null then 'stuck' when ${inbox.attempts} > 0 then 'failing' else 'waiting' end`,
      danger: inbox.urgent,
      since: inbox.receivedAt,
      tries: inbox.attempts,
      reason: inbox.failure,
    })
    .from(inbox)
    .where(and(isNull(inbox.processedAt), or(gt(inbox.attempts, 0), lt(inbox.receivedAt, times.waitingSince))))
    .orderBy(desc(inbox.urgent), asc(inbox.receivedAt))
    .limit(AT_ONCE);
  const unread = await tx
    .select({
      id: sql<string>`${inbox.seq}::text`,
      state: sql<string>`'quarantined'`,
      danger: inbox.urgent,
      since: inbox.receivedAt,
      tries: inbox.attempts,
      reason: sql<string>`coalesce(${inbox.failure}, ${UNREADABLE})`,
    })
    .from(inbox)
    .where(and(eq(inbox.outcome, QUARANTINE), gt(inbox.receivedAt, times.settledSince)))
    .orderBy(asc(inbox.receivedAt))
    .limit(AT_ONCE);
  return [...messages, ...unread];
}

function putAsideSince(tx: Transaction) {
  return tx
    .select({ one: sql`1` })
    .from(interventions)
    .where(
      and(
        eq(interventions.subject, sql`${outbox.id}::text`),
        eq(interventions.action, "put-aside"),
        gte(interventions.at, outbox.settledAt),
      ),
    );
}

/**
 * Carries out an intervention: tries a message or a delivery again, or puts it aside, so that those behind it go on.
 *
 * Nothing is deleted; who did it and why is kept.
 * @param id as `findStuck` gives it
 */
export async function intervene(
  database: Database,
  jurisdictionId: string,
  id: string,
  intervention: Intervention,
): Promise<Intervened> {
  return database.inCounty(jurisdictionId, (tx) => interveneIn(tx, jurisdictionId, id, intervention));
}

/** Carries out an intervention within a transaction of the county; see {@link intervene}. */
export async function interveneIn(
  tx: Transaction,
  jurisdictionId: string,
  id: string,
  intervention: Intervention,
): Promise<Intervened> {
  const what = MESSAGE_ID.test(id) ? "message" : DELIVERY_ID.test(id) ? "delivery" : null;
  if (what === null) return { ok: false, reason: `${id} is no message or delivery: \`liaison stuck\` lists them.` };
  const refusal =
    what === "message"
      ? await interveneInMessage(tx, Number(id), intervention)
      : await interveneInDelivery(tx, id, intervention);
  if (refusal !== null) return { ok: false, reason: refusal };
  await tx.insert(interventions).values({ id: newId(), jurisdictionId, what, subject: id, ...intervention });
  return { ok: true };
}

/** Under the lock under which the person's messages are heard, so that none is put aside while it takes effect. */
async function interveneInMessage(tx: Transaction, seq: number, { action, at }: Intervention): Promise<string | null> {
  const find = () => tx.select().from(inbox).where(eq(inbox.seq, seq));
  const [seen] = await find();
  if (seen === undefined) return `There is no message ${seq} in this county.`;
  await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, seen.accountId), eq(conversations.peer, seen.peer)))
    .for("no key update");
  const [row] = await find().for("update");
  if (row === undefined) return `There is no message ${seq} in this county.`;
  if (row.outcome === QUARANTINE) {
    if (action === "retry")
      return `Message ${seq} cannot be read, however often: put it aside when you have seen to it.`;
    await tx.update(inbox).set({ outcome: "put-aside" }).where(eq(inbox.seq, seq));
    return null;
  }
  const isPutAside = row.outcome === "put-aside";
  if (row.processedAt !== null && !(action === "retry" && isPutAside)) {
    return isPutAside ? `Message ${seq} was put aside already.` : `Message ${seq} was heard: there is nothing to do.`;
  }
  if (row.attempts === 0) return `Message ${seq} has not failed: it waits for a worker, or behind one that is stuck.`;
  const change =
    action === "retry" ? { attempts: 0, processedAt: null, outcome: null } : { processedAt: at, outcome: "put-aside" };
  await tx
    .update(inbox)
    .set({ ...change, retryAt: null, stuckAt: null })
    .where(eq(inbox.seq, seq));
  return null;
}

async function interveneInDelivery(tx: Transaction, id: string, { action, at }: Intervention): Promise<string | null> {
  const find = () => tx.select().from(outbox).where(eq(outbox.id, id));
  const [seen] = await find();
  if (seen === undefined) return `There is no delivery ${id} in this county.`;
  if (seen.conversationId !== null) await lockConversation(tx, seen.conversationId);
  const [row] = await find();
  if (row === undefined) return `There is no delivery ${id} in this county.`;
  switch (row.state) {
    case "delivered":
    case "superseded":
      return `Delivery ${id} is ${row.state}: there is nothing to do.`;
    case "sending":
      return `A call for delivery ${id} is out: wait a minute until it is known how it ended.`;
  }
  // What a person decides about it stands in the place of telling it again.
  if (row.state === "uncertain") await tx.update(outbox).set({ repeatsLeft: 0 }).where(eq(outbox.id, id));
  if (action === "retry") {
    if (row.conversationId === null) return `Delivery ${id} has nowhere to go: its deputy has bound no chat.`;
    await tx
      .update(outbox)
      .set({
        state: "waiting",
        tries: 0,
        notBefore: at,
        awaitsContact: false,
        settledAt: null,
        noticedAt: whenAnnounced,
      })
      .where(eq(outbox.id, id));
  } else if (row.state === "waiting" || row.state === "held") {
    await tx.update(outbox).set({ state: "failed", settledAt: at }).where(eq(outbox.id, id));
  }
  return null;
}

/** A notice that the platform refused announced nothing: what was wrong with it may be mended, and it is tried anew. */
const whenAnnounced = sql`case when exists (select from ${attempts} where ${attempts.outboxId} = ${outbox.id}
  and ${attempts.rung} in ('template', 'subscription') and ${attempts.outcome} is distinct from 'refused') then ${outbox.noticedAt} end`;
