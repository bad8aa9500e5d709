import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { answerTo } from "../../../domain/dialog/answers.ts";
import type { OpenQuestion } from "../../../domain/dialog/state.ts";
import { caseNamed } from "../../../domain/dialog/typed-numbers.ts";
import { lockCase } from "../../cases/load.ts";
import { endQuestion } from "../../outbox/questions.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { sendPhrase } from "../phrases/phrases.ts";
import { takeWeekly } from "./receive-weekly.ts";

/** A question is answered by a bare number only for so long. */
const QUESTION_MS = 30 * 60_000;

/** A question to a deputy whether something shall be done that they asked for. */
type Offer = Extract<OpenQuestion, { kind: "phrase" | "weekly" }>;

/**
 * Takes a deputy's text as the answer to whether something that they asked for shall be done: a kept sentence be sent, days be written
 * down. Whatever else they say ends the question, and nothing is done.
 *
 * @returns null where it is something else
 */
export async function answerOffer(
  turn: Turn,
  deputyId: string,
  mine: readonly CaseRecord[],
  text: string,
): Promise<Outcome | null> {
  const { question: asked } = turn.conversation.dialog;
  if (asked?.kind !== "phrase" && asked?.kind !== "weekly") return null;
  endQuestion(turn, asked);
  const isOld = turn.now.getTime() - Date.parse(asked.at) > QUESTION_MS;
  const given = isOld || caseNamed(text)?.isCounted === true ? null : answerTo(text, asked, turn.now);
  if (given?.kind !== "choice") return null;
  return given.index === 0 ? accept(turn, deputyId, mine, asked) : decline(turn, asked);
}

async function accept(turn: Turn, deputyId: string, mine: readonly CaseRecord[], asked: Offer): Promise<Outcome> {
  if (asked.kind === "weekly") return takeWeekly(turn, deputyId, asked);
  const found = mine.find((one) => one.number === asked.case);
  if (found === undefined) return answerDeputy(turn, wordingFor(turn).noSuchChoice());
  return sendPhrase(turn, deputyId, await lockCase(turn, found.id), asked.phrase);
}

function decline(turn: Turn, asked: Offer): Outcome {
  const wording = wordingFor(turn);
  if (asked.kind === "weekly") return answerDeputy(turn, wording.weeklyDeclined());
  return answerDeputy(turn, wording.phraseDeclined({ number: asked.case }));
}
