import { isNumberOf } from "../../../domain/case/case.ts";
import type { OpenQuestion } from "../../../domain/dialog/state.ts";
import { understandDeputy } from "../../../domain/dialog/understand-deputy.ts";
import { bareWords } from "../../../domain/text/words.ts";
import { casesOfDeputy, lockCase } from "../../cases/load.ts";
import { endQuestion } from "../../outbox/questions.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { carryOut } from "../carry-out.ts";
import { ownNumbers } from "../clear-case.ts";
import { askAllOrOne } from "../topics/all-or-one.ts";

/** What follows a button so much later is no answer to it. */
const QUESTION_MS = 30 * 60_000;
/** The word that takes a press back, as the question says it. */
const NOT_NOW = /^(?:取消|cancel)$/;

/** Whether a question is still answered by the next words. */
export function isFresh({ now }: Turn, { at }: Pick<OpenQuestion, "at">): boolean {
  return now.getTime() - Date.parse(at) <= QUESTION_MS;
}

/**
 * Takes a deputy's words for the case whose button they pressed; null where no words were asked for, or these are something else: a
 * command, or words about another case, which leave the question open.
 */
export async function takeAskedWords(turn: Turn, said: Said): Promise<Outcome | null> {
  const { dialog, deputyId } = turn.conversation;
  const { question: asked } = dialog;
  if (asked?.kind !== "pressed" || deputyId === null || !isFresh(turn, asked)) return null;
  if (turn.quoted !== null && turn.quoted !== asked.case) return null;
  const mine = await casesOfDeputy(turn, deputyId);
  const found = mine.find((one) => one.number === asked.case);
  if (found === undefined) return null;
  if (NOT_NOW.test(bareWords(said.text))) {
    endQuestion(turn, asked);
    return answerDeputy(turn, wordingFor(turn).wordsNotAsked({ number: asked.case }));
  }
  const meaning = understandDeputy(said.text, turn.today, ownNumbers(mine));
  if (meaning.kind !== "words") return null;
  const { number = null, text = said.text } = meaning;
  if (number !== null && !isNumberOf(number, asked.case)) return null;
  endQuestion(turn, asked);
  const subject = await lockCase(turn, found.id);
  const words = { text: number === null ? said.text : text, seq: said.seq };
  return (
    (await askAllOrOne(turn, asked.command, subject, words)) ?? (await carryOut(turn, asked.command, subject, words))
  );
}
