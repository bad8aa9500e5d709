import { isNumberOf } from "../case/case.ts";
import { bareWords, fromFirstWord } from "../text/words.ts";

/** A case that was answered at once, and when (ISO 8601). */
export type AnsweredCase = { readonly case: string; readonly at: string };

/** The refusal of an answer that was given at once. */
export type RefusedAnswer = {
  /** The number of the case that was answered; as it was typed, where it is that of none. */
  readonly number: string;
  /** Whether that number was typed, so that the words can mean nothing else. */
  readonly isNamed: boolean;
};

/** So many answers given at once can still be refused by the number of their case. */
const MOST_REMEMBERED = 5;
/** For so long a mere no is about the last answer; later its number must be named. */
const BARE_MS = 48 * 3_600_000;

/** The word that every such answer offers, what people say for it, and the number before it. */
const REFUSAL =
  /^(?:(?:编号|第|no\.?|number)?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号|件)?\s*[,，:：.、]?\s*)?(?:不是|不对|没答到|not (?:that|it|right)|no)(?:的|啊|呀|吧|了|这个|这件|呢)*(?=$|[\s\p{P}\p{S}]|我(?:问|要|想|说))/u;

/**
 * Whether words refuse an answer that was given at once: “不是”, “23 不是”, “不是，我问的是…”; null where they do not.
 * @param answered the cases that were answered at once, newest first
 */
export function refusedAnswerIn(text: string, answered: readonly AnsweredCase[], now: Date): RefusedAnswer | null {
  const [last] = answered;
  if (last === undefined) return null;
  const match = REFUSAL.exec(bareWords(fromFirstWord(text)));
  if (match === null) return null;
  const [, typed] = match;
  if (typed === undefined) {
    return now.getTime() - Date.parse(last.at) > BARE_MS ? null : { number: last.case, isNamed: false };
  }
  const named = answered.find((one) => isNumberOf(typed, one.case));
  return { number: named?.case ?? typed, isNamed: true };
}

/** Whether a refusal says nothing but that. */
export function isBareRefusal(text: string): boolean {
  return bareWords(text).replace(REFUSAL, "").trim() === "";
}

/** The cases that were answered at once, with one more. */
export function withAnswered(answered: readonly AnsweredCase[], one: AnsweredCase): readonly AnsweredCase[] {
  return [one, ...answered.filter((other) => other.case !== one.case)].slice(0, MOST_REMEMBERED);
}
