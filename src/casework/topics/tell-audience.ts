import { and, asc, eq, inArray, isNull, lt, lte, not, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { audience, type TopicRecord, topics, topicTellings } from "../../../db/schema/topics.ts";
import { SAID_FROM } from "../../domain/acts/topic.ts";
import { outcomeOf } from "../../domain/dialog/closing.ts";
import { howSaid } from "../../domain/dialog/unit/claim-answers.ts";
import { quote } from "../../domain/text/quote.ts";
import { topicWordingOf } from "../../domain/wording/topics.ts";
import { closeCase } from "../actions/close-case.ts";
import { closeForOffice } from "../actions/close-for-office.ts";
import { mayHear } from "../beside/may-join.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { confirmReport } from "../handovers/after-claims.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell, tellResident } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { authorOf } from "../turn/author.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { casesIn, peopleOf } from "./members.ts";
import { recordTopic, type TopicWriting } from "./record-topic.ts";
import { tellByOffice } from "./tell-holder.ts";

type Telling = typeof topicTellings.$inferSelect;

/** The result of a topic as the office says it: on whose word it is solved; null for another outcome. */
export type TopicResult = {
  readonly outcome: "solved" | "explained" | "not_in_scope";
  readonly claim: "unit" | "deputy" | null;
};

/** The acts of which everybody of a topic is told. */
export type ToldAct =
  | { readonly act: "answered"; readonly words: string; readonly deputyId: string | null; readonly by: string }
  | { readonly act: "closed"; readonly words: string; readonly deputyId: string; readonly by: string }
  | ({ readonly act: "closed"; readonly words: string; readonly deputyId: null; readonly by: string } & TopicResult)
  | { readonly act: "reopened"; readonly denied: number; readonly by: string };

/** The purpose for which the words of an answer to many are sealed; see `vault.ts`. */
function wordsPurpose(jurisdictionId: string): string {
  return `topic:${jurisdictionId}`;
}

/**
 * Tells everybody of a locked topic what becomes of it: written as one act, and carried out afterwards, person by person, in small
 * transactions of their own ({@link carryOutTellings}), so that it reaches each once whatever is interrupted.
 */
export async function tellAudience(
  turn: TopicWriting & Pick<Turn, "runtime">,
  topic: TopicRecord,
  told: ToldAct,
): Promise<void> {
  const { tx, jurisdictionId, now, runtime } = turn;
  const actSeq =
    told.act === "reopened"
      ? await recordTopic(turn, topic, "reopened", told.by, { denied: told.denied })
      : await recordTopic(turn, topic, told.act, told.by, {});
  await tx.insert(topicTellings).values({
    ...{ id: newId(), jurisdictionId, topicId: topic.id, actSeq, kind: told.act, at: now, doneAt: null },
    words: told.act === "reopened" ? null : runtime.vault.seal(told.words, wordsPurpose(jurisdictionId)),
    deputyId: told.act === "reopened" ? null : told.deputyId,
    ...(told.act === "closed" && told.deputyId === null ? { outcome: told.outcome, claim: told.claim } : {}),
    by: authorOf(turn, told.by),
  });
}

/**
 * Carries out what everybody of a topic is to be told, in the order in which it was said, each person in a transaction of its own that is
 * keyed by act and person: what is interrupted goes on where it stood.
 *
 * @returns the conversations that now have something to deliver
 */
export async function carryOutTellings(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const { database } = runtime;
  const waiting = await database.inCounty(jurisdictionId, (tx) =>
    tx.select().from(topicTellings).where(isNull(topicTellings.doneAt)).orderBy(asc(topicTellings.actSeq)),
  );
  const toDeliver = new Set<string>();
  for (const telling of waiting) {
    for (const conversationId of await untold(runtime, telling)) {
      for (const one of await tellOne(runtime, telling, conversationId)) toDeliver.add(one);
    }
    // Whoever carries out the same beside this one may still be telling somebody: what is left is looked for again.
    if ((await untold(runtime, telling)).length > 0) break;
    for (const one of await endTelling(runtime, telling)) toDeliver.add(one);
  }
  return [...toDeliver];
}

/** Ends a telling that everybody has; of one by the office the deputy of the topic is told once. */
async function endTelling(runtime: Runtime, telling: Telling): Promise<Iterable<string>> {
  return runtime.database.inCounty(telling.jurisdictionId, async (tx) => {
    const [ended] = await tx
      .update(topicTellings)
      .set({ doneAt: runtime.now(), words: null })
      .where(and(eq(topicTellings.id, telling.id), isNull(topicTellings.doneAt)))
      .returning({ id: topicTellings.id });
    if (ended === undefined || telling.deputyId !== null || telling.kind === "reopened") return [];
    const [first] = await casesIn(tx, telling.topicId, mayHear());
    const [topic] = await tx.select().from(topics).where(eq(topics.id, telling.topicId));
    const turn = first === undefined ? null : await openTurn(runtime, tx, first.conversationId);
    if (turn === null || topic === undefined) return [];
    await tellByOffice(turn, topic, telling.kind);
    await finishTurn(turn);
    return turn.toDeliver;
  });
}

/** The condition that a row of `audience` is of somebody for whom an act has still to be carried out. */
function awaits({ topicId, actSeq, at }: Telling) {
  return and(
    eq(audience.kind, "topic"),
    eq(audience.subjectId, topicId),
    lt(audience.toldUpTo, actSeq),
    lte(audience.since, at),
  );
}

async function untold({ database }: Runtime, telling: Telling): Promise<string[]> {
  const rows = await database.inCounty(telling.jurisdictionId, (tx) =>
    tx
      .select({ id: audience.conversationId })
      .from(audience)
      .where(awaits(telling))
      .orderBy(asc(audience.since), asc(audience.conversationId)),
  );
  return rows.map(({ id }) => id);
}

/** The name of whoever of the office said it; undefined where nobody of the staff did. */
function staffOf({ by }: Telling): string | undefined {
  return /^office:(.+)$/.exec(by)?.[1];
}

async function tellOne(runtime: Runtime, telling: Telling, conversationId: string): Promise<Iterable<string>> {
  return runtime.database.inCounty(telling.jurisdictionId, async (tx) => {
    const turn = await openTurn(runtime, tx, conversationId, staffOf(telling));
    if (turn === null) throw new Error("somebody of a topic has no conversation any more");
    const mine = await turn.tx
      .select({ id: cases.id })
      .from(cases)
      .where(eq(cases.conversationId, conversationId))
      .orderBy(asc(cases.number))
      .for("no key update");
    const [still] = await turn.tx
      .select({ caseId: audience.caseId, stoppedAt: audience.stoppedAt })
      .from(audience)
      .where(and(awaits(telling), eq(audience.conversationId, conversationId)))
      .for("no key update");
    if (still === undefined) return [];
    const ids = mine.map(({ id }) => id);
    const subjects = await casesIn(turn.tx, telling.topicId, and(inArray(cases.id, ids), mayHear()));
    const told = subjects.filter(({ joinedAt }) => joinedAt <= telling.at);
    if (telling.kind !== "reopened") await answerEach(turn, telling, told);
    else if (still.stoppedAt === null) await tellAgain(turn, told);
    await turn.tx
      .update(audience)
      .set({ toldUpTo: telling.actSeq })
      .where(and(eq(audience.subjectId, telling.topicId), eq(audience.conversationId, conversationId)));
    await finishTurn(turn);
    return turn.toDeliver;
  });
}

type Member = Awaited<ReturnType<typeof casesIn>>[number];

/** Answers or closes each open case of a person with the words for all. */
async function answerEach(turn: Turn, telling: Telling, subjects: readonly Member[]): Promise<void> {
  const { words, jurisdictionId, deputyId } = telling;
  if (words === null) throw new Error("what everybody is to be told has no words any more");
  const text = turn.runtime.vault.open(words, wordsPurpose(jurisdictionId));
  const deputy = deputyId === null ? null : await nameOf(turn, deputyId);
  const people = await peopleOf(turn.tx, telling.topicId);
  for (const subject of subjects.filter(({ closedAt }) => closedAt === null)) {
    const holder = await holderOf(turn, subject);
    if (telling.kind === "closed") {
      if (deputy === null) await closeByOffice(turn, subject, telling, text);
      else {
        const outcome = outcomeOf(text);
        const how = outcome === "solved" ? (howSaid(text) ?? "unsaid") : "unsaid";
        await closeCase(turn, subject, { text, outcome, how }, { by: telling.by, name: deputy });
      }
      continue;
    }
    record(turn, subject, "replied", telling.by, {});
    await tellResident(turn, subject, (_, locale) => ({
      kind: "reply",
      words: topicWordingOf(locale).reply({
        ...{ number: subject.number, deputy, text: quote(text) },
        people: people < SAID_FROM ? null : people,
      }),
      threadText: text,
      party: deputy === null ? "office" : "deputy",
      isAnswer: true,
      notice: noticeOf(subject, holder),
    }));
  }
}

/** Closes one case of a topic, and those that go with it, with the result that the office says of all. */
async function closeByOffice(turn: Turn, subject: CaseRecord, telling: Telling, text: string): Promise<void> {
  const { outcome, claim } = telling;
  if (outcome === null) throw new Error("the office closes a topic with an outcome");
  clearQuestion(turn, subject.number);
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))])
    await closeForOffice(turn, one, { outcome, claim, text, holder });
  if (claim === "deputy") await confirmReport(turn, subject, { who: "deputy", by: "office" });
}

/** Tells somebody whose case is closed that it is looked into again; a message of before that has not left says nothing more. */
async function tellAgain(turn: Turn, subjects: readonly Member[]): Promise<void> {
  const subject = subjects.find(({ closedAt }) => closedAt !== null);
  if (subject === undefined || subjects.some(({ closedAt }) => closedAt === null)) return;
  await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: turn.now })
    .where(
      and(
        eq(outbox.conversationId, turn.conversation.id),
        eq(outbox.kind, "consequence"),
        eq(outbox.state, "waiting"),
        not(sql`${outbox.caseId} is null`),
      ),
    );
  const words = topicWordingOf(turn.conversation.locale).again({ number: subject.number });
  tell(turn, { kind: "consequence", subject, words });
}

async function nameOf({ tx }: Turn, deputyId: string): Promise<string> {
  const [row] = await tx.select({ name: deputies.name }).from(deputies).where(eq(deputies.id, deputyId));
  if (row === undefined) throw new Error("the deputy who answered everybody is gone");
  return row.name;
}
