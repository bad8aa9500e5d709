import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { acts } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { TopicRecord } from "../../../db/schema/topics.ts";
import type { TopicWording } from "../../domain/wording/topics/sentences.ts";
import { topicWordingOf } from "../../domain/wording/topics.ts";
import { mayHear } from "../beside/may-join.ts";
import { QUIET_MS } from "../beside/trouble-marks.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { casesIn, isHeld, peopleOf } from "./members.ts";
import { recordTopic } from "./record-topic.ts";
import { titleOf } from "./topic-lines.ts";

/** At so many people their deputy is told, whether more is told or not. */
const MANY = 10;
/** Of one matter a deputy hears so often a day at most, until twice as many people have told it. */
const MESSAGES_A_DAY = 3;
const DAY_MS = 24 * 60 * 60_000;

/** Asks the deputy who has these cases whether they are one matter; they are told of no single one any more. */
export async function tellOffered(
  turn: Turn,
  topic: TopicRecord,
  {
    people,
    caseIds,
    numbers,
  }: { readonly people: number; readonly caseIds: readonly string[]; readonly numbers: readonly string[] },
): Promise<void> {
  const { tx, now } = turn;
  await recordTopic(turn, topic, "told", "service", { people });
  await tx.update(outbox).set({ state: "superseded", settledAt: now }).where(isHeld(caseIds));
  const [first] = await tx
    .select()
    .from(cases)
    .where(inArray(cases.number, [...numbers]))
    .limit(1);
  if (first === undefined) return;
  const title = await titles(turn, topic);
  await tellOf(turn, topic, first, (wording, locale) =>
    wording.offered({ number: topic.number, title: title[locale], people, cases: numbers }),
  );
}

/**
 * Tells the deputy of a locked, open topic how many people have told it by now, as soon as nobody tells more or they are many; not again
 * and again within a day.
 */
export async function tellGrown(turn: Turn, topic: TopicRecord): Promise<void> {
  const members = await casesIn(turn.tx, topic.id);
  const people = new Set(members.map(({ conversationId }) => conversationId)).size;
  const { toldPeople } = topic;
  const [first] = members;
  if (first === undefined || people <= toldPeople) return;
  const last = Math.max(...members.map(({ joinedAt }) => joinedAt.getTime()));
  const isDue = turn.now.getTime() - last >= QUIET_MS || (people >= MANY && toldPeople < MANY);
  if (!isDue) return;
  const isMuch = people >= 2 * Math.max(MANY, toldPeople);
  if (!isMuch && (await messagesOfDay(turn, topic, members)) >= MESSAGES_A_DAY) return;
  const known = Math.max(toldPeople, await toldAlone(turn, members));
  await recordTopic(turn, topic, "told", "service", { people });
  if (people <= known) return;
  await withdrawUnread(turn, topic, members);
  const title = await titles(turn, topic);
  await tellOf(turn, topic, first, (wording, locale) =>
    wording.grown({ number: topic.number, title: title[locale], people, more: people - known }),
  );
}

/** Tells the deputy of a topic that it is open again, for so many of its people say that it is not done. */
export async function tellReopened(turn: Turn, topic: TopicRecord, denied: number): Promise<void> {
  const [first] = await casesIn(turn.tx, topic.id);
  if (first === undefined) return;
  const title = await titles(turn, topic);
  const people = await peopleOf(turn.tx, topic.id);
  await tellOf(turn, topic, first, (wording, locale) =>
    wording.reopened({ number: topic.number, title: title[locale], people, denied }),
  );
}

/** Tells the deputy of a topic that the office answered or closed it for everybody. */
export async function tellByOffice(turn: Turn, topic: TopicRecord, did: "answered" | "closed"): Promise<void> {
  const [first] = await casesIn(turn.tx, topic.id, mayHear());
  if (first === undefined) return;
  const title = await titles(turn, topic);
  const people = await peopleOf(turn.tx, topic.id);
  await tellOf(turn, topic, first, (wording, locale) =>
    wording.byOffice({ number: topic.number, title: title[locale], people, did }),
  );
}

async function titles({ tx }: Turn, topic: TopicRecord) {
  return { "zh-CN": await titleOf(tx, topic, "zh-CN"), en: await titleOf(tx, topic, "en") };
}

async function tellOf(
  turn: Turn,
  { deputyId }: TopicRecord,
  first: CaseRecord,
  say: (wording: TopicWording, locale: "zh-CN" | "en") => string,
): Promise<void> {
  if (deputyId === null) return;
  const holder = await holderOf(turn, first);
  await tellDeputy(turn, deputyId, (_, locale) => ({
    kind: "deputy-topic",
    subject: first,
    words: say(topicWordingOf(locale), locale),
    isAnswer: true,
    notice: noticeOf(first, holder),
  }));
}

/** How often the deputy of a topic heard of it, or of one of its cases alone, within a day. */
async function messagesOfDay(turn: Turn, topic: TopicRecord, members: readonly CaseRecord[]): Promise<number> {
  const since = new Date(turn.now.getTime() - DAY_MS);
  const told = await turn.tx
    .select({ seq: acts.seq })
    .from(acts)
    .where(and(eq(acts.subjectId, topic.id), eq(acts.type, "told"), gt(acts.at, since)));
  return told.length + (await toldAlone(turn, members, since));
}

/** The number of cases of which their deputy was told alone. */
async function toldAlone(turn: Turn, members: readonly CaseRecord[], since?: Date): Promise<number> {
  const ids = members.map(({ id }) => id);
  const [counted] = await turn.tx
    .select({ told: sql<number>`count(distinct ${outbox.caseId})::int` })
    .from(outbox)
    .where(
      and(
        inArray(outbox.caseId, ids),
        eq(outbox.kind, "deputy-case"),
        sql`${outbox.state} <> 'superseded'`,
        since === undefined ? undefined : gt(outbox.createdAt, since),
      ),
    );
  return counted?.told ?? 0;
}

/** A message of before that has not left says nothing more. */
async function withdrawUnread(turn: Turn, topic: TopicRecord, members: readonly CaseRecord[]): Promise<void> {
  const ids = members.map(({ id }) => id);
  if (topic.deputyId === null) return;
  await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: turn.now })
    .where(
      and(
        inArray(outbox.caseId, ids),
        eq(outbox.kind, "deputy-topic"),
        eq(outbox.deputyId, topic.deputyId),
        eq(outbox.state, "waiting"),
      ),
    );
}
