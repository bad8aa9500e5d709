import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { acts } from "../../../db/schema/ledger.ts";
import { deputies } from "../../../db/schema/people.ts";
import { consequenceLinks, type TopicRecord, topics } from "../../../db/schema/topics.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { LIVE_TOPIC_STATES, SAID_FROM, type TopicState } from "../../domain/acts/topic.ts";
import type { TopicVerdicts } from "../../domain/wording/topics/sentences.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";
import { candidatesOf } from "../topics/find-alike.ts";
import { isMember, peopleOf } from "../topics/members.ts";
import { findTopics, titlesOf, verdictsOf } from "../topics/topic-lines.ts";

/** A topic in a list of staff. */
export type ListedTopic = {
  readonly number: string;
  readonly title: string;
  readonly state: TopicState;
  readonly deputy: { readonly code: string; readonly name: string } | null;
  /** Null below three: fewer might be told apart by it. */
  readonly people: number | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
};

/** A topic whole, as far as its cases exist for whoever reads it. */
export type TopicPage = ListedTopic & {
  readonly sign: string | null;
  readonly cases: readonly CaseRow[];
  readonly verdicts: TopicVerdicts;
  readonly etag: string;
};

/** The reader of topics, and the day and moment at which they read. */
export type TopicReading = {
  readonly caller: Reader;
  readonly today: string;
  readonly now: Date;
  readonly locale: Locale;
};

const LISTED = 200;

/** Lists the topics of which a case exists for the reader, the newest first. */
export async function listTopics(
  tx: Transaction,
  reading: TopicReading,
  states: readonly TopicState[] = ["offered", ...LIVE_TOPIC_STATES, "closed"],
): Promise<readonly ListedTopic[]> {
  const found = await findTopics(tx, inArray(topics.state, [...states]), LISTED);
  const listed: ListedTopic[] = [];
  const titles = await titlesOf(tx, found, reading.locale);
  for (const topic of found) {
    if ((await visibleCases(tx, reading, topic)).length === 0) continue;
    listed.push(await lineOf(tx, reading, topic, titles.get(topic.id) ?? ""));
  }
  return listed;
}

/** Reads one topic by its whole number; null where it is not, or none of its cases exists for the reader. */
export async function readTopic(tx: Transaction, reading: TopicReading, number: string): Promise<TopicPage | null> {
  const topic = await visibleTopic(tx, reading, number);
  if (topic === null) return null;
  const [title] = (await titlesOf(tx, [topic], reading.locale)).values();
  const { asked: _, ...verdicts } = await verdictsOf(tx, topic.id);
  return {
    ...(await lineOf(tx, reading, topic, title ?? "")),
    ...{ sign: topic.sign, verdicts, etag: await topicVersion(tx, topic.id) },
    cases: await caseRows(tx, await visibleCases(tx, reading, topic), reading.today),
  };
}

/** The topic of this number, where a case of it exists for the reader; null for any other. */
export async function visibleTopic(
  tx: Transaction,
  reading: TopicReading,
  number: string,
): Promise<TopicRecord | null> {
  const [topic] = await tx.select().from(topics).where(eq(topics.number, number));
  return topic === undefined || (await visibleCases(tx, reading, topic)).length === 0 ? null : topic;
}

/** The version of a topic: it changes with each act. */
export async function topicVersion(tx: Transaction, topicId: string): Promise<string> {
  const [counted] = await tx
    .select({ acts: sql<number>`count(*)::int` })
    .from(acts)
    .where(and(eq(acts.subject, "topic"), eq(acts.subjectId, topicId)));
  return `t${counted?.acts ?? 0}`;
}

/** Lists what happened to a topic since a version that somebody has seen. */
export async function topicSince(
  tx: Transaction,
  topicId: string,
  etag: string,
): Promise<readonly { readonly type: string; readonly at: string; readonly by: string }[]> {
  const rows = await tx
    .select({ type: acts.type, at: acts.at, by: acts.by })
    .from(acts)
    .where(and(eq(acts.subject, "topic"), eq(acts.subjectId, topicId)))
    .orderBy(asc(acts.seq))
    .offset(Number(/^t(\d{1,9})$/.exec(etag)?.[1] ?? 0));
  return rows.map(({ type, at, by }) => ({ type, at: at.toISOString(), by: by.replace(/^office:/, "") }));
}

/**
 * The ids of a topic's cases, or of those for which it is offered or was opened just now, as far as they exist for the reader; oldest first.
 */
async function visibleCases(tx: Transaction, reading: TopicReading, topic: TopicRecord): Promise<string[]> {
  const seen = and(visibleTo(reading.caller, reading.today), countsAsOrdinary);
  const rows = await tx
    .select({ id: cases.id })
    .from(consequenceLinks)
    .innerJoin(cases, eq(cases.id, consequenceLinks.fromId))
    .where(and(eq(consequenceLinks.toId, topic.id), isMember, seen))
    .orderBy(asc(cases.receivedAt), asc(cases.number));
  // Its cases join one by one behind its opening.
  if (rows.length > 0 || (topic.state !== "offered" && topic.state !== "open")) return rows.map(({ id }) => id);
  const ids = (await candidatesOf(tx, topic, reading.now)).map(({ caseId }) => caseId);
  if (ids.length === 0) return [];
  const offered = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(inArray(cases.id, ids), seen))
    .orderBy(asc(cases.receivedAt), asc(cases.number));
  return offered.map(({ id }) => id);
}

async function lineOf(tx: Transaction, { now }: TopicReading, topic: TopicRecord, title: string): Promise<ListedTopic> {
  const people =
    topic.state === "offered"
      ? new Set((await candidatesOf(tx, topic, now)).map(({ person }) => person)).size
      : await peopleOf(tx, topic.id);
  const [deputy] =
    topic.deputyId === null
      ? []
      : await tx
          .select({ code: deputies.code, name: deputies.name })
          .from(deputies)
          .where(eq(deputies.id, topic.deputyId));
  return {
    ...{ number: topic.number, title, state: topic.state, deputy: deputy ?? null },
    people: people < SAID_FROM ? null : people,
    openedAt: topic.openedAt.toISOString(),
    closedAt: topic.closedAt?.toISOString() ?? null,
  };
}
