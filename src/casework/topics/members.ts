import { and, asc, eq, exists, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { audience, consequenceLinks, type TopicRecord, topics } from "../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES } from "../../domain/acts/topic.ts";
import { mayJoinNow } from "../beside/may-join.ts";
import { record } from "../cases/record.ts";
import { authorOf } from "../turn/author.ts";
import type { Turn } from "../turn/turn.ts";
import { lockTopic, recordTopic } from "./record-topic.ts";

/** The condition that a row of `consequence_links` puts a case into a topic now. */
export const isMember: SQL = sql`(${consequenceLinks.fromKind} = 'case' and ${consequenceLinks.toKind} = 'topic' and ${consequenceLinks.endedAt} is null)`;

/** A query of the link that puts a row of `cases` into a topic now; with `exists` whether it is in one. */
export function linkOf(tx: Transaction) {
  return exists(
    tx
      .select({ id: consequenceLinks.id })
      .from(consequenceLinks)
      .where(and(eq(consequenceLinks.fromId, cases.id), isMember)),
  );
}

/** The topic to which a case belongs, not locked; null where it belongs to none. */
export async function topicOf(tx: Transaction, caseId: string): Promise<TopicRecord | null> {
  const [found] = await tx
    .select({ topic: topics })
    .from(consequenceLinks)
    .innerJoin(topics, eq(topics.id, consequenceLinks.toId))
    .where(and(eq(consequenceLinks.fromId, caseId), isMember));
  return found?.topic ?? null;
}

/** The topics to which these cases belong, by the id of the case. */
export async function topicsOf(tx: Transaction, caseIds: readonly string[]): Promise<ReadonlyMap<string, TopicRecord>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .select({ caseId: consequenceLinks.fromId, topic: topics })
    .from(consequenceLinks)
    .innerJoin(topics, eq(topics.id, consequenceLinks.toId))
    .where(and(inArray(consequenceLinks.fromId, [...caseIds]), isMember));
  return new Map(rows.map(({ caseId, topic }) => [caseId, topic]));
}

/** The cases of a topic, oldest first, with the moment at which each joined. */
export async function casesIn(
  tx: Transaction,
  topicId: string,
  which?: SQL,
): Promise<(CaseRecord & { joinedAt: Date })[]> {
  const rows = await tx
    .select({ subject: cases, joinedAt: consequenceLinks.at })
    .from(consequenceLinks)
    .innerJoin(cases, eq(cases.id, consequenceLinks.fromId))
    .where(and(eq(consequenceLinks.toId, topicId), isMember, which))
    .orderBy(asc(cases.receivedAt), asc(cases.number));
  return rows.map(({ subject, joinedAt }) => ({ ...subject, joinedAt }));
}

/** The number of different people whose cases belong to a topic. */
export async function peopleOf(tx: Transaction, topicId: string, which?: SQL): Promise<number> {
  const [counted] = await tx
    .select({ people: sql<number>`count(distinct ${cases.conversationId})::int` })
    .from(consequenceLinks)
    .innerJoin(cases, eq(cases.id, consequenceLinks.fromId))
    .where(and(eq(consequenceLinks.toId, topicId), isMember, which));
  return counted?.people ?? 0;
}

/** Whether somebody took a case out of a topic before: it does not come back by itself. */
export async function wasTakenOut(tx: Transaction, caseId: string, topicId?: string): Promise<boolean> {
  const rows = await tx
    .select({ id: consequenceLinks.id })
    .from(consequenceLinks)
    .where(
      and(
        eq(consequenceLinks.fromId, caseId),
        sql`${consequenceLinks.endedAt} is not null`,
        topicId === undefined ? undefined : eq(consequenceLinks.toId, topicId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/**
 * Lets a locked case join a locked topic: its resident becomes one of those who hear what becomes of it, and what waits to be told to
 * deputies of the case alone is told with the topic.
 *
 * @returns whether it joined: not where it is in one already, or may not be in any
 */
export async function join(turn: Turn, topic: TopicRecord, subject: CaseRecord, by: string): Promise<boolean> {
  const { tx, jurisdictionId, now } = turn;
  if (!LIVE_TOPIC_STATES.some((state) => state === topic.state)) return false;
  if (subject.jurisdictionId !== topic.jurisdictionId || subject.deputyId !== topic.deputyId) return false;
  if (!(await mayJoinNow(turn, subject)) || (await topicOf(tx, subject.id)) !== null) return false;
  record(turn, subject, "joined", by, { topic: topic.number });
  await recordTopic(turn, topic, "joined", by, { case: subject.number });
  const author = authorOf(turn, by);
  await tx.insert(consequenceLinks).values({
    ...{ id: newId(), jurisdictionId, at: now, by: author, endedAt: null },
    ...{ fromKind: "case", fromId: subject.id, toKind: "topic", toId: topic.id },
  });
  await tx
    .insert(audience)
    .values({
      ...{ jurisdictionId, kind: "topic", subjectId: topic.id, conversationId: subject.conversationId },
      ...{ caseId: subject.id, since: now },
    })
    .onConflictDoNothing();
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(isHeld([subject.id]));
  return true;
}

/** Takes a locked case out of a locked topic; its resident hears no more of that, unless another case of theirs is in it. */
export async function leave(turn: Turn, topic: TopicRecord, subject: CaseRecord, by: string): Promise<void> {
  const { tx, now } = turn;
  record(turn, subject, "left", by, { topic: topic.number });
  await recordTopic(turn, topic, "left", by, { case: subject.number });
  await tx
    .update(consequenceLinks)
    .set({ endedAt: now })
    .where(and(eq(consequenceLinks.fromId, subject.id), eq(consequenceLinks.toId, topic.id), isMember));
  const [other] = await casesIn(tx, topic.id, eq(cases.conversationId, subject.conversationId));
  const theirs = and(eq(audience.subjectId, topic.id), eq(audience.conversationId, subject.conversationId));
  if (other === undefined) await tx.delete(audience).where(theirs);
  else await tx.update(audience).set({ caseId: other.id }).where(theirs);
}

/** Takes a locked case out of the topic to which it belongs, if it does: for one that nobody may hear of any more. */
export async function leaveTopic(turn: Turn, subject: CaseRecord, by: string): Promise<void> {
  const topic = await topicOf(turn.tx, subject.id);
  const locked = topic === null ? null : await lockTopic(turn, topic.id);
  if (locked !== null) await leave(turn, locked, subject, by);
}

/** Withdraws what was held back of a case that its deputy has found by themselves: they know of it. */
export async function withdrawHeld({ tx, now, conversation }: Turn, { id }: CaseRecord): Promise<void> {
  if (conversation.deputyId === null) return;
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(isHeld([id]), eq(outbox.deputyId, conversation.deputyId)));
}

/** Withdraws what was held back of cases that ended meanwhile, are sealed or somebody else's: nobody needs to hear of them any more. */
export async function withdrawPointless(tx: Transaction, now: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(
      and(
        HELD_BACK,
        sql`exists (select from cases c where c.id = ${outbox.caseId} and (c.closed_at is not null or c.sealed
          or (${outbox.kind} = 'deputy-case' and c.deputy_id is distinct from ${outbox.deputyId})))`,
      ),
    );
}

/** The condition that a row of `outbox` would tell a deputy of one case alone, and is held back for a while because others told the same. */
const HELD_BACK = and(
  inArray(outbox.kind, ["deputy-case", "deputy-follow"]),
  eq(outbox.state, "waiting"),
  isNull(outbox.repeats),
  sql`${outbox.notBefore} > ${outbox.createdAt}`,
);

/** The condition that a row of `outbox` would tell deputies of one of these cases alone, and is held back because others told the same. */
export function isHeld(caseIds: readonly string[]): SQL | undefined {
  return and(inArray(outbox.caseId, [...caseIds]), HELD_BACK);
}
