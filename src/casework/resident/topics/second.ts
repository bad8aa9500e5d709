import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../../db/schema/cases.ts";
import { audience, topics, troubleMarks } from "../../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES } from "../../../domain/acts/topic.ts";
import { dueOf } from "../../../domain/calendar/due.ts";
import { type Seconded, secondedIn, wantsNoNews } from "../../../domain/dialog/topics/topic-words.ts";
import { topicWordingOf } from "../../../domain/wording/topics.ts";
import { openCase } from "../../actions/open-case.ts";
import { mayJoin } from "../../beside/may-join.ts";
import { holderOf } from "../../cases/describe.ts";
import { ownCases } from "../../cases/load.ts";
import { numbersMeant } from "../../cases/numbers-meant.ts";
import { tell } from "../../outbox/tell.ts";
import { casesIn, topicOf } from "../../topics/members.ts";
import { findTopics, isNumbered } from "../../topics/topic-lines.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";

/**
 * Receives the words of a resident who joins what somebody else told (`附议 31`), or wants to hear no more of it (`不用告诉我`); null where
 * they say something else.
 */
export async function receiveOfTopic(turn: Turn, said: Said): Promise<Outcome | null> {
  if (wantsNoNews(said.text)) return stopNews(turn);
  const seconded = secondedIn(said.text);
  return seconded === null ? null : second(turn, said, seconded);
}

/**
 * Opens a case of their own, with a number of its own, for a resident who joins what somebody else told. Nothing of the other's is
 * said, and a number that nobody can join is answered like one that there is not.
 */
async function second(turn: Turn, said: Said, seconded: Seconded): Promise<Outcome> {
  const wording = topicWordingOf(turn.conversation.locale);
  const other = await meant(turn, seconded);
  if (other === null || other.conversationId === turn.conversation.id) {
    const [typed] = Object.values(seconded);
    tell(turn, { kind: "courtesy", subject: null, words: wording.cannotSecond({ typed: String(typed) }) });
    return { kind: "answer" };
  }
  const before = await joinedBefore(turn, other);
  const subject = before ?? (await openBeside(turn, said, other));
  if (before !== null) await receipt(turn, before);
  return { kind: "case", caseId: subject.id };
}

async function meant(turn: Turn, seconded: Seconded): Promise<CaseRecord | null> {
  if ("topic" in seconded) {
    const which = and(isNumbered(seconded.topic), inArray(topics.state, [...LIVE_TOPIC_STATES]));
    const [topic] = await findTopics(turn.tx, which, 1);
    const [first] = topic === undefined ? [] : await casesIn(turn.tx, topic.id, mayJoin);
    return first ?? null;
  }
  const numbers = await numbersMeant(turn.tx, seconded.case);
  if (numbers.length === 0) return null;
  const found = await turn.tx
    .select()
    .from(cases)
    .where(and(inArray(cases.number, numbers), mayJoin))
    .orderBy(asc(cases.number))
    .limit(2);
  const [only, another] = found;
  return only === undefined || another !== undefined ? null : only;
}

/** A case of their own that joined the same before; null where there is none. */
async function joinedBefore(turn: Turn, other: CaseRecord): Promise<CaseRecord | null> {
  const topic = await topicOf(turn.tx, other.id);
  for (const mine of (await ownCases(turn)).filter(({ closedAt }) => closedAt === null)) {
    const [mark] = await turn.tx
      .select({ id: troubleMarks.caseId })
      .from(troubleMarks)
      .where(and(eq(troubleMarks.caseId, mine.id), eq(troubleMarks.secondsCaseId, other.id)));
    const same = topic !== null && (await topicOf(turn.tx, mine.id))?.id === topic.id;
    if (mark !== undefined || same) return mine;
  }
  return null;
}

async function openBeside(turn: Turn, said: Said, other: CaseRecord): Promise<CaseRecord> {
  const { category, gridCode } = other;
  const finding =
    gridCode === null
      ? ({ kind: "ask", why: "nothing", choices: [] } as const)
      : ({ kind: "grid", grid: gridCode, by: "scene", evidence: "" } as const);
  const wording = topicWordingOf(turn.conversation.locale);
  const opened = await openCase(turn, [said], finding, {
    ...(category !== null && { category }),
    receipt: (number, dueOn, holder) => wording.seconded({ number, dueOn, holder: holder?.deputy ?? null }),
  });
  const [known] = await turn.tx.select().from(troubleMarks).where(eq(troubleMarks.caseId, other.id));
  await turn.tx
    .insert(troubleMarks)
    .values({
      ...{ caseId: opened.id, jurisdictionId: turn.jurisdictionId, conversationId: turn.conversation.id },
      ...{ sign: known?.sign ?? null, gridId: opened.gridId, spots: known?.spots ?? {}, pastedFrom: null },
      ...{ secondsCaseId: other.id, at: turn.now },
    })
    .onConflictDoUpdate({ target: troubleMarks.caseId, set: { secondsCaseId: other.id } });
  return opened;
}

async function receipt(turn: Turn, subject: CaseRecord): Promise<void> {
  const holder = await holderOf(turn, subject);
  const words = topicWordingOf(turn.conversation.locale).seconded({
    ...{ number: subject.number, dueOn: dueOf(subject), holder: holder?.deputy ?? null },
  });
  tell(turn, { kind: "courtesy", subject, words });
}

/** From now on they hear of nothing but their own numbers. */
async function stopNews(turn: Turn): Promise<Outcome> {
  const stopped = await turn.tx
    .update(audience)
    .set({ stoppedAt: turn.now })
    .where(and(eq(audience.conversationId, turn.conversation.id), isNull(audience.stoppedAt)))
    .returning({ id: audience.subjectId });
  const wording = topicWordingOf(turn.conversation.locale);
  tell(turn, {
    kind: "courtesy",
    subject: null,
    words: stopped.length > 0 ? wording.stopped() : wording.nothingToStop(),
  });
  return { kind: "answer" };
}
