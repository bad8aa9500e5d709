import { isNull } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../../db/schema/cases.ts";
import { LIVE_TOPIC_STATES } from "../../../domain/acts/topic.ts";
import { allOrOneIn } from "../../../domain/dialog/topics/topic-words.ts";
import { understandDeputy } from "../../../domain/dialog/understand-deputy.ts";
import { topicWordingOf } from "../../../domain/wording/topics.ts";
import { lockCase } from "../../cases/load.ts";
import { inboxText } from "../../inbox/words.ts";
import { endQuestion, setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import { peopleOf, topicOf } from "../../topics/members.ts";
import { lockTopic } from "../../topics/record-topic.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { carryOut, wordsFor } from "../carry-out.ts";
import { ownNumbers } from "../clear-case.ts";
import { answerAll } from "./receive-topic-words.ts";

/** A question to a deputy is answered by a bare number only for so long; later a number shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Asks a deputy who answers or closes one case whether they mean everybody who told the same; null where nobody else did, or something
 * else is done with it.
 */
export async function askAllOrOne(
  turn: Turn,
  command: string,
  subject: CaseRecord,
  { text, seq }: { readonly text: string; readonly seq: number },
): Promise<Outcome | null> {
  if ((command !== "reply" && command !== "close") || text.trim() === "" || subject.closedAt !== null) return null;
  const topic = await topicOf(turn.tx, subject.id);
  if (topic === null || !LIVE_TOPIC_STATES.some((state) => state === topic.state)) return null;
  const people = await peopleOf(turn.tx, topic.id, isNull(cases.closedAt));
  if (people < 2 || topic.deputyId !== turn.conversation.deputyId) return null;
  const { number } = subject;
  supersede(turn, ["question"]);
  const words = topicWordingOf(turn.conversation.locale).allOrOne({ number, people });
  tell(turn, { kind: "question", subject: null, words });
  const at = turn.now.toISOString();
  setQuestion(turn, { kind: "all-or-one", case: number, topic: topic.number, command, inboxSeq: seq, at });
  return { kind: "command", caseId: subject.id };
}

/** Takes a deputy's text as the answer to whether everybody of a topic is meant, or one alone; null where it is something else. */
export async function answerAllOrOne(turn: Turn, mine: readonly CaseRecord[], said: Said): Promise<Outcome | null> {
  const { question: asked } = turn.conversation.dialog;
  if (asked?.kind !== "all-or-one" || turn.now.getTime() - Date.parse(asked.at) > QUESTION_MS) return null;
  const isAll = allOrOneIn(said.text);
  const found = mine.find((one) => one.number === asked.case);
  if (isAll === null || found === undefined) return null;
  endQuestion(turn, asked);
  const whole = await inboxText(turn, asked.inboxSeq);
  const words = wordsFor(understandDeputy(whole, turn.today, ownNumbers(mine)), whole, asked.case);
  const subject = await lockCase(turn, found.id);
  if (!isAll) return carryOut(turn, asked.command, subject, { text: words, seq: asked.inboxSeq });
  const topic = await topicOf(turn.tx, subject.id);
  const locked = topic === null ? null : await lockTopic(turn, topic.id);
  const isLive = LIVE_TOPIC_STATES.some((state) => state === locked?.state);
  if (locked === null || !isLive || locked.number !== asked.topic || locked.deputyId !== turn.conversation.deputyId) {
    return carryOut(turn, asked.command, subject, { text: words, seq: asked.inboxSeq });
  }
  return answerAll(turn, locked, asked.command === "reply" ? "answered" : "closed", words);
}
