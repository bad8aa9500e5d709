import { and, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { acts } from "../../../db/schema/ledger.ts";
import { deputies } from "../../../db/schema/people.ts";
import { type TopicRecord, topics } from "../../../db/schema/topics.ts";
import {
  afterTopicAct,
  changeByTopicAct,
  type TopicAct,
  type TopicDetails,
  topicNumber,
} from "../../domain/acts/topic.ts";
import { authorOf } from "../turn/author.ts";
import type { Turn } from "../turn/turn.ts";

/** The part of a turn with which an act on a topic is written. */
export type TopicWriting = Pick<Turn, "tx" | "jurisdictionId" | "now"> & {
  readonly staff?: string;
  readonly station?: string;
};

/** Locks a topic until the commit and reads it as it is now, behind conversations and cases (conversation → case → topic); null where there is none. */
export async function lockTopic({ tx }: Pick<Turn, "tx">, id: string): Promise<TopicRecord | null> {
  const [locked] = await tx.select().from(topics).where(eq(topics.id, id)).for("no key update");
  return locked ?? null;
}

/**
 * Records an act on a topic: the act itself, the state that follows from it, and what else it changes.
 *
 * @param by `service`, `resident`, `office` or `deputy:<code>`, where nobody of the staff causes it
 * @returns its place in the ledger
 * @throws Error when the topic may not see this act in its state: a mistake of the caller
 */
export async function recordTopic<T extends TopicAct>(
  writing: TopicWriting,
  topic: TopicRecord,
  act: T,
  by: string,
  details: TopicDetails<T>,
): Promise<number> {
  const state = afterTopicAct(topic.state, act);
  if (state === null) throw new Error(`a topic that is ${topic.state} cannot see ${act}`);
  const { deputy, closedAt, ...change } = changeByTopicAct(act, details, writing.now.toISOString());
  const changes = {
    ...change,
    state,
    ...(closedAt === undefined ? {} : { closedAt: closedAt === null ? null : new Date(closedAt) }),
    ...(deputy === undefined ? {} : { deputyId: deputy === null ? null : await deputyIdOf(writing.tx, deputy) }),
  };
  Object.assign(topic, changes);
  await writing.tx.update(topics).set(changes).where(eq(topics.id, topic.id));
  return writeAct(writing, topic.id, act, by, details);
}

/** A topic as it begins: `act` says whether anybody is asked first. */
type Beginning = {
  readonly act: "offered" | "opened";
  readonly by: string;
  readonly deputyId: string | null;
  readonly about: Pick<TopicRecord, "sign" | "gridId" | "spots">;
};

/** Begins a topic, which has the next number of its year. */
export async function beginTopic(
  writing: TopicWriting & Pick<Turn, "today">,
  { act, by, deputyId, about }: Beginning,
): Promise<TopicRecord> {
  const { tx, jurisdictionId, now } = writing;
  const topic: TopicRecord = {
    ...{ id: newId(), jurisdictionId, number: await nextNumber(writing), ...about, deputyId, toldPeople: 0 },
    ...{ state: act === "offered" ? "offered" : "open", openedAt: now, closedAt: null },
  };
  await tx.insert(topics).values(topic);
  const deputy = deputyId === null ? null : await codeOf(tx, deputyId);
  await writeAct(writing, topic.id, act, by, { number: topic.number, sign: topic.sign, deputy });
  return topic;
}

/** Opens a topic that was only offered; its cases join one by one afterwards. */
export async function openTopic(writing: TopicWriting, topic: TopicRecord, by: string): Promise<void> {
  const { number, sign, deputyId } = topic;
  const deputy = deputyId === null ? null : await codeOf(writing.tx, deputyId);
  await recordTopic(writing, topic, "opened", by, { number, sign, deputy });
}

/** Ends a topic that was only offered: its cases are handled one by one. */
export async function declineTopic(writing: TopicWriting, topic: TopicRecord, by: string): Promise<void> {
  await recordTopic(writing, topic, "declined", by, {});
}

/** The name by which acts and events call a deputy's code. */
export async function codeOf(tx: Transaction, deputyId: string): Promise<string> {
  const [row] = await tx.select({ code: deputies.code }).from(deputies).where(eq(deputies.id, deputyId));
  if (row === undefined) throw new Error("the deputy of a topic is gone");
  return row.code;
}

async function deputyIdOf(tx: Transaction, code: string): Promise<string> {
  const [row] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code));
  if (row === undefined) throw new Error("the deputy of a topic is gone");
  return row.id;
}

/** Waits until no other topic of the county is being begun, and lets none be begun until the commit. */
export async function lockBeginning({ tx, jurisdictionId }: Pick<Turn, "tx" | "jurisdictionId">): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`topics:${jurisdictionId}`}, 0))`);
}

async function nextNumber(writing: TopicWriting & Pick<Turn, "today">): Promise<string> {
  await lockBeginning(writing);
  const { tx, jurisdictionId, today } = writing;
  const year = Number(today.slice(0, 4));
  const [last] = await tx
    .select({ serial: sql<number>`coalesce(max(substr(${topics.number}, 8)::int), 0)` })
    .from(topics)
    .where(and(eq(topics.jurisdictionId, jurisdictionId), sql`starts_with(${topics.number}, ${`T-${year}-`})`));
  return topicNumber(year, (last?.serial ?? 0) + 1);
}

async function writeAct(
  writing: TopicWriting,
  subjectId: string,
  type: TopicAct,
  by: string,
  details: Record<string, unknown>,
): Promise<number> {
  const { tx, jurisdictionId, now } = writing;
  const author = authorOf(writing, by);
  const [written] = await tx
    .insert(acts)
    .values({ jurisdictionId, subject: "topic", subjectId, type, at: now, by: author, details })
    .returning({ seq: acts.seq });
  if (written === undefined) throw new Error("an act was not written");
  return written.seq;
}
