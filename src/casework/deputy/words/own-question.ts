import { isNumberOf } from "../../../domain/case/case.ts";
import { answerTo, choicesOf } from "../../../domain/dialog/answers.ts";
import { isDeputys } from "../../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../../domain/dialog/state.ts";
import { mayAnswerWhere } from "../../../domain/place/answer-words.ts";
import { placeInWords } from "../../routing/find-place.ts";
import type { Turn } from "../../turn/turn.ts";

/** A number answers a question to the resident that a deputy is too only for so long; later it shows a case. */
const QUESTION_MS = 30 * 60_000;

/**
 * Whether a deputy's words plainly answer what was asked about a matter of their own: a place alone, a verdict named as
 * such, or the number of a choice that is no case of theirs. Anything else is taken for a deputy's words.
 *
 * @param numbers of the cases that this deputy has
 */
export async function answersOwnQuestion(turn: Turn, text: string, numbers: readonly string[]): Promise<boolean> {
  const { question } = turn.conversation.dialog;
  if (question === undefined || isDeputys(question)) return false;
  const typed = /^\s*(\d{1,2})\s*[。.]?\s*$/.exec(text.normalize("NFKC"))?.[1];
  if (typed !== undefined) return isOffered(turn, question, typed) && !numbers.some((one) => isNumberOf(typed, one));
  switch (question.kind) {
    case "where":
      return mayAnswerWhere(text) && (await placeInWords(turn, text)).namesPlace;
    case "rating":
      return answerTo(text, undefined, turn.now)?.kind === "rating";
    case "look-again":
    case "which-case":
    case "which-act":
      return answerTo(text, question, turn.now)?.kind === "choice";
  }
}

function isOffered(turn: Turn, question: OpenQuestion, typed: string): boolean {
  const isFresh = turn.now.getTime() - Date.parse(question.at) <= QUESTION_MS;
  return isFresh && Number(typed) >= 1 && Number(typed) <= choicesOf(question);
}
