import { and, eq, gte, notInArray } from "drizzle-orm";
import { outbox } from "../../../db/schema/outbox.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import { questionsOf } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/understand-resident.ts";
import type { Position } from "../../domain/messages/message.ts";
import { mayAnswerWhere } from "../../domain/place/answer-words.ts";
import type { Said } from "../actions/open-case.ts";
import { answerWhere, placeInWords } from "../actions/place-case.ts";
import { joinCase } from "../actions/reopen.ts";
import type { Outcome } from "../receive/dispatch.ts";
import { type CaseRecord, ownCases, type Sitting } from "../turn/turn.ts";

/** A case whose place was asked for, and the question. */
export type Asked = {
  readonly subject: CaseRecord;
  readonly question: Extract<OpenQuestion, { kind: "where" }>;
};

/** An open "where?" is answered by what comes within this time; later words stand for themselves. */
const QUESTION_MS = 48 * 3_600_000;

/**
 * The case that waits for its place.
 *
 * A question that another one pushed aside is still open as long as its case has no place.
 */
export async function askedCase(sitting: Sitting): Promise<Asked | null> {
  const open = (await ownCases(sitting)).filter((one) => one.closedAt === null);
  for (const question of questionsOf(sitting.conversation.dialog)) {
    if (question.kind !== "where" || sitting.now.getTime() - Date.parse(question.at) > QUESTION_MS) continue;
    const subject = open.find((one) => one.number === question.case);
    if (subject !== undefined) return { subject, question };
  }
  const left = open.find((one) => one.state === "clarifying");
  if (left === undefined) return null;
  const { number, lastSpokenAt } = left;
  const at = lastSpokenAt.toISOString();
  return { subject: left, question: { kind: "where", case: number, turn: 2, why: "nothing", choices: [], at } };
}

/**
 * Takes what is said after "where?" for its answer; what is said in the same breath, before the question could be read
 * or going on with the story, does not use up a turn.
 */
export async function hearAnswerToWhere(sitting: Sitting, asked: Asked, said: Said): Promise<Outcome> {
  const { subject, question } = asked;
  const hadWords = subject.summary !== "";
  await joinCase(sitting, subject, [said], { quietly: true });
  const inBurst = sitting.now.getTime() - Date.parse(question.at) <= BURST_MS;
  const saysPlace = said.text !== "" && (await placeInWords(sitting, said.text)).namesPlace;
  const saysWhat = !hadWords && said.text !== "" && sitting.conversation.homeGrid !== null;
  const isLate = !inBurst || (mayAnswerWhere(said.text) && (await hasLeft(sitting, asked)));
  const triesToAnswer = isLate && (said.text !== "" || question.turn === 1);
  if (saysPlace || saysWhat || triesToAnswer) {
    await answerWhere(sitting, subject, question, { texts: [said.text], mayBeHome: !hadWords });
  }
  return { kind: "case", caseId: subject.id };
}

/** Whether the question is on its way or there: words before that cannot be its answer. */
export async function hasLeft(sitting: Sitting, { subject, question }: Asked): Promise<boolean> {
  const left = and(
    eq(outbox.caseId, subject.id),
    eq(outbox.kind, "question"),
    gte(outbox.createdAt, new Date(question.at)),
    notInArray(outbox.state, ["waiting", "superseded"]),
  );
  const rows = await sitting.tx.select({ id: outbox.id }).from(outbox).where(left).limit(1);
  return rows.length > 0;
}

/** Takes a shared position for the answer to "where?". */
export async function hearPositionAsAnswer(
  sitting: Sitting,
  asked: Asked,
  said: Said,
  position: Position,
): Promise<Outcome> {
  await joinCase(sitting, asked.subject, [said], { quietly: true });
  await answerWhere(sitting, asked.subject, asked.question, { texts: [said.text], position });
  return { kind: "case", caseId: asked.subject.id };
}
