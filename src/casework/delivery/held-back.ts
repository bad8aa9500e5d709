import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import type { TrialSetting } from "../../../db/schema/county.ts";
import { type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import { IN_TRIAL, KEPT_AFTER_TRIAL, NOT_BOUND } from "../../domain/messages/delivery-reason.ts";
import { NO_CHATS, readTrial, receivesInTrial } from "../county/trial.ts";
import type { OutgoingKind } from "../outbox/content.ts";

/** Whoever writes is told these in a trial too: whom to call, that the service is not open yet, and what becomes of their data; a card that they have is changed. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set<OutgoingKind>(["emergency", "not-open", "notice", "revision"]);

/**
 * Holds back what would leave now for somebody whom a county in trial does not list; the conversation is locked. What is held
 * leaves no more, until somebody of the office decides that it shall.
 *
 * @param rows waiting rows of the conversation that are due
 * @param options.isInTrial as it was read a moment ago; a trial is looked at again before anything is held
 * @returns those that may leave
 */
export async function withoutHeldBack<T extends OutboxRow>(
  tx: Transaction,
  conversation: Conversation,
  rows: readonly T[],
  { channel, now, isInTrial }: { readonly channel: string; readonly now: Date; readonly isInTrial: boolean },
): Promise<readonly T[]> {
  const unlisted = rows.filter(({ kind, state }) => state === "waiting" && !ALWAYS_TOLD.has(kind));
  if (unlisted.length === 0 || !isInTrial) return rows;
  // Nobody ends the trial between this look and the commit: what is held then was counted, or is not held.
  if (await receivesInTrial(tx, await readTrial(tx, true), conversation, channel)) return rows;
  const ids = unlisted.map(({ id }) => id);
  await tx
    .update(outbox)
    .set({ state: "held", reason: IN_TRIAL, settledAt: now })
    .where(and(inArray(outbox.id, ids), eq(outbox.state, "waiting")));
  return rows.filter(({ id }) => !ids.includes(id));
}

/** The count of what is held back in a county's trial, by reader, and how much of it would still be worth telling. */
export type HeldBack = {
  readonly toResidents: number;
  readonly toDeputies: number;
  /** Of these, what is still to be known: no question or courtesy of then, nothing that a later message says. */
  readonly stillToKnow: number;
  readonly oldestAt: string | null;
};

/** Counts what is held back in the trial of the county whose transaction this is. */
export async function countHeldBack(tx: Transaction): Promise<HeldBack> {
  const [row] = await tx
    .select({
      toResidents: sql<number>`count(*) filter (where ${outbox.deputyId} is null)::int`,
      toDeputies: sql<number>`count(*) filter (where ${outbox.deputyId} is not null)::int`,
      stillToKnow: sql<number>`count(*) filter (where ${isStillToKnow()})::int`,
      oldest: sql<string | null>`min(${outbox.createdAt})::text`,
    })
    .from(outbox)
    .where(and(isHeldBack(await readTrial(tx)), sql`not ${isOfRehearsal}`));
  const { oldest = null, toResidents = 0, toDeputies = 0, stillToKnow = 0 } = row ?? {};
  return { toResidents, toDeputies, stillToKnow, oldestAt: oldest === null ? null : new Date(oldest).toISOString() };
}

/**
 * Settles what was held back in a trial that ends: what is still to be known goes on its way where that was chosen; all else stays
 * held, and is not sent any more by itself.
 *
 * @param trial as it was until now
 * @returns the conversations that have something to be sent now
 */
export async function settleHeldBack(
  tx: Transaction,
  trial: TrialSetting,
  choice: "send" | "keep",
  now: Date,
): Promise<ReadonlySet<string>> {
  const toSettle = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(or(isHeldBack(trial), isRehearsedToDeputy));
  const ids = (await toSettle).map(({ id }) => id);
  const all = sql`${outbox.id} = any(${sql.param(ids)}::uuid[])`;
  await tx
    .update(outbox)
    .set({
      state: "held",
      reason: KEPT_AFTER_TRIAL,
      settledAt: sql`coalesce(${outbox.settledAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(all);
  if (choice === "keep") return new Set();
  const isUnbound = sql`${outbox.conversationId} is null`;
  const sent = await tx
    .update(outbox)
    .set({
      ...{ state: "waiting", tries: 0, notBefore: now, settledAt: null },
      reason: sql`case when ${isUnbound} then ${NOT_BOUND} end`,
      awaitsContact: isUnbound,
    })
    .where(and(all, sql`not ${isOfRehearsal}`, isStillToKnow()))
    .returning({ conversationId: outbox.conversationId });
  return new Set(sent.flatMap(({ conversationId }) => conversationId ?? []));
}

/** What a deputy who is listed, and has no chat yet, was to be told of a rehearsal: it ends with the trial. */
const isRehearsedToDeputy = sql`(${outbox.state} = 'waiting' and ${outbox.deputyId} is not null
  and exists (select from cases c where c.id = ${outbox.caseId} and starts_with(c.number, ${REHEARSAL_PREFIX})))`;

const isOfRehearsal = sql`exists (select from cases c where c.id = ${outbox.caseId} and starts_with(c.number, ${REHEARSAL_PREFIX}))`;

/** The condition that something was held back in this trial, or waits since for somebody who is not listed: a deputy without a chat, a later moment. */
function isHeldBack({ isOn, at, deputies, staff }: TrialSetting): SQL {
  const held = sql`(${outbox.state} = 'held' and ${outbox.reason} = ${IN_TRIAL})`;
  if (!isOn) return held;
  const texts = (some: readonly string[]) => sql`any(${sql.param([...some])}::text[])`;
  return sql`(${held} or (${outbox.state} = 'waiting' and ${outbox.createdAt} >= ${at}::timestamptz
    and ${outbox.kind} <> all(${sql.param([...ALWAYS_TOLD])}::text[])
    and not exists (select from deputies d where d.id = ${outbox.deputyId} and d.code = ${texts(deputies)})
    and not exists (select from conversations k join channel_accounts n on n.id = k.account_id
      left join deputies d on d.id = k.deputy_id where k.id = ${outbox.conversationId}
      and (n.channel = ${texts(NO_CHATS)} or d.code = ${texts(deputies)} or k.trial_person_id::text = ${texts(staff)}))))`;
}

/**
 * The condition that a message of then is still to be known, and may be read, by whom it is for: a receipt or a closure that no later
 * one overtook, an answer; for a deputy what tells of an open case that is theirs, or that they follow.
 */
function isStillToKnow(): SQL {
  return sql`exists (select from cases c where c.id = ${outbox.caseId} and case
    when ${outbox.deputyId} is null then ${outbox.kind} = 'reply'
      or (${outbox.kind} = 'closure' and c.closed_at is not null and c.rating is null and not ${isOvertaken(["closure"])})
      or (${outbox.kind} = 'handover' and c.closed_at is null and not c.sealed and exists (select from handovers h
        join units u on u.id = h.unit_id join bindings b on b.role = 'unit' and b.ref = u.code and b.ended_at is null
        where h.case_id = c.id and h.unit_id = c.unit_id and h.state = 'sent' and b.conversation_id = ${outbox.conversationId}))
      or (${outbox.kind} = 'receipt' and not ${isOvertaken(["receipt", "closure"])})
    else ${outbox.kind} in ('deputy-case', 'deputy-news', 'deputy-follow', 'deputy-topic', 'unit-report', 'photo') and not c.sealed and c.closed_at is null
      and not (${outbox.kind} = 'deputy-case' and ${isOvertaken(["deputy-case"])})
      and (c.deputy_id = ${outbox.deputyId} or exists (
        select from case_followers f where f.case_id = c.id and f.deputy_id = ${outbox.deputyId})) end)`;
}

function isOvertaken(kinds: readonly OutgoingKind[]): SQL {
  return sql`exists (select from outbox later where later.case_id = ${outbox.caseId} and later.seq > ${outbox.seq}
    and later.kind = any(${sql.param([...kinds])}::text[]) and later.deputy_id is not distinct from ${outbox.deputyId}
    and later.state not in ('superseded', 'failed'))`;
}
