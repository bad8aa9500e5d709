import { and, eq, inArray, isNull } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../../db/schema/cases.ts";
import { type TopicRecord, topics } from "../../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES, type TopicState } from "../../../domain/acts/topic.ts";
import { type TopicMeaning, topicWordsIn } from "../../../domain/dialog/topics/topic-words.ts";
import { quoteMasked } from "../../../domain/text/quote.ts";
import { topicWordingOf } from "../../../domain/wording/topics.ts";
import { mayHear } from "../../beside/may-join.ts";
import { candidatesOf } from "../../topics/find-alike.ts";
import { casesIn, peopleOf } from "../../topics/members.ts";
import { declineTopic, lockTopic, openTopic } from "../../topics/record-topic.ts";
import { tellAudience } from "../../topics/tell-audience.ts";
import { findTopics, isNumbered, titlesOf, topicLine, verdictsOf } from "../../topics/topic-lines.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

/** So many topics, or cases of one, are shown: more do not fit on a phone. */
const SHOWN = 12;

/** Carries out what a deputy says of a topic of theirs; null where their words are of none. */
export async function receiveTopicWords(turn: Turn, deputyId: string, said: Said): Promise<Outcome | null> {
  const meaning = topicWordsIn(said.text);
  if (meaning === null) return null;
  if (meaning.kind === "list") return listTopics(turn, deputyId);
  const [found] = await findTopics(turn.tx, and(eq(topics.deputyId, deputyId), isNumbered(meaning.number)), 1);
  const wording = topicWordingOf(turn.conversation.locale);
  if (found === undefined) return answerDeputy(turn, wording.noTopic({ typed: meaning.number }));
  return meaning.kind === "show" ? showTopic(turn, found) : change(turn, found, meaning);
}

async function listTopics(turn: Turn, deputyId: string): Promise<Outcome> {
  const { locale } = turn.conversation;
  const which = and(eq(topics.deputyId, deputyId), inArray(topics.state, ["offered", ...LIVE_TOPIC_STATES]));
  const found = await findTopics(turn.tx, which, SHOWN);
  const titles = await titlesOf(turn.tx, found, locale);
  const lines: { number: string; title: string; people: number; state: TopicState }[] = [];
  for (const topic of found) {
    const { number, state } = topic;
    lines.push({ number, state, title: titles.get(topic.id) ?? "", people: await peopleWith(turn, topic) });
  }
  return answerDeputy(turn, topicWordingOf(locale).list({ topics: lines }));
}

/** The number of people of a topic; of an offered one of those who seem to tell it. */
async function peopleWith(turn: Turn, topic: TopicRecord): Promise<number> {
  if (topic.state !== "offered") return peopleOf(turn.tx, topic.id);
  return new Set((await candidatesOf(turn.tx, topic, turn.now)).map(({ person }) => person)).size;
}

async function showTopic(turn: Turn, topic: TopicRecord): Promise<Outcome> {
  const { locale } = turn.conversation;
  const members = await membersShown(turn, topic);
  const verdicts = await verdictsOf(turn.tx, topic.id);
  const line = await topicLine(turn.tx, topic, locale);
  const words = topicWordingOf(locale).shown({
    ...{ ...line, people: await peopleWith(turn, topic), state: topic.state, verdicts },
    cases: members.slice(0, SHOWN).map(({ number, summary, closedAt }) => ({
      ...{ number, text: quoteMasked(summary), isClosed: closedAt !== null },
    })),
    others: Math.max(0, members.length - SHOWN),
  });
  turn.conversation.dialog = {
    ...turn.conversation.dialog,
    focus: members.slice(0, 5).map(({ number }) => number),
  };
  return answerDeputy(turn, words);
}

async function membersShown(turn: Turn, topic: TopicRecord): Promise<readonly CaseRecord[]> {
  if (topic.state !== "offered") return casesIn(turn.tx, topic.id, mayHear());
  const ids = (await candidatesOf(turn.tx, topic, turn.now)).map(({ caseId }) => caseId);
  if (ids.length === 0) return [];
  return turn.tx.select().from(cases).where(inArray(cases.id, ids)).orderBy(cases.receivedAt);
}

/** Answers or closes all, or says whether offered cases are one matter. */
async function change(
  turn: Turn,
  { id }: TopicRecord,
  meaning: Exclude<TopicMeaning, { kind: "list" | "show" }>,
): Promise<Outcome> {
  const { locale, deputyId } = turn.conversation;
  const wording = topicWordingOf(locale);
  const topic = await lockTopic(turn, id);
  if (topic === null || topic.deputyId !== deputyId) {
    return answerDeputy(turn, wording.noTopic({ typed: meaning.number }));
  }
  if (!("text" in meaning)) return decideOffered(turn, topic, meaning.kind);
  const { number, state } = topic;
  if (!LIVE_TOPIC_STATES.some((live) => live === state)) return answerDeputy(turn, wording.cannot({ number, state }));
  if (meaning.text === "") return answerDeputy(turn, wording.missingWords({ number, command: meaning.kind }));
  return answerAll(turn, topic, meaning.kind === "answer" ? "answered" : "closed", meaning.text);
}

async function decideOffered(turn: Turn, topic: TopicRecord, decision: "join" | "apart"): Promise<Outcome> {
  const { locale } = turn.conversation;
  const wording = topicWordingOf(locale);
  const { number, state } = topic;
  if (state !== "offered") return answerDeputy(turn, wording.cannot({ number, state }));
  const { by } = await deputyOf(turn);
  if (decision === "apart") {
    await declineTopic(turn, topic, by);
    return answerDeputy(turn, wording.keptApart({ number }));
  }
  const line = { ...(await topicLine(turn.tx, topic, locale)), people: await peopleWith(turn, topic) };
  await openTopic(turn, topic, by);
  return answerDeputy(turn, wording.putTogether(line));
}

/** Writes down what everybody of a locked, open topic is to be told, and says to how many it goes. */
export async function answerAll(
  turn: Turn,
  topic: TopicRecord,
  act: "answered" | "closed",
  words: string,
): Promise<Outcome> {
  const { locale, deputyId } = turn.conversation;
  if (deputyId === null) throw new Error("only a bound deputy can do this");
  const { by } = await deputyOf(turn);
  const people = await peopleOf(turn.tx, topic.id, isNull(cases.closedAt));
  await tellAudience(turn, topic, { act, words, deputyId, by });
  const line = { ...(await topicLine(turn.tx, topic, locale)), people };
  const wording = topicWordingOf(locale);
  return answerDeputy(turn, act === "answered" ? wording.answerTaken(line) : wording.closeTaken(line));
}
