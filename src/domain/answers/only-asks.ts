import { normalise } from "../text/words.ts";
import type { Reading } from "../understanding/model.ts";
import { YES } from "../understanding/policy.ts";

/** So probably at least words ask for information, beside what they may tell. */
const PROBABLY_ASKS = 0.5;
/** Where every word is one of a question that the office wrote down, so little is enough: they tell of no trouble of their own. */
const POSSIBLY_ASKS = 0.2;

const QUESTION =
  /[?]|吗|嘛|么|呢|谁|哪|什么|啥|多少|几(?!乎)|多久|怎么|怎样|咋|如何|是否|能否|(\p{Script=Han})[不没]\1|有没有|\b(?:who|what|where|when|how|which|can|do|does|is|are|may)\b/u;

/** Whether words have a question in them at all: a quick look, before anything is read. */
export function hasQuestion(text: string): boolean {
  return QUESTION.test(normalise(text).toLowerCase());
}

/**
 * Whether words ask for information and do nothing else, by what was learned: they tell of no matter, no trouble, no wish. An inquiry
 * and a question about the service are asked in the same words.
 */
export function onlyAsks({ acts, heads }: Reading): boolean {
  const asks = acts.inquiry + acts["service-question"];
  const tells = complaintsIn(acts) + acts.matter + acts.suggestion;
  return asks >= PROBABLY_ASKS * (asks + tells) && heads.several < YES && heads.minor < YES;
}

/** Whether words that surely are one of the library's questions ask too, and complain of nothing. */
export function mayAsk({ acts, heads }: Reading): boolean {
  const asks = acts.inquiry + acts["service-question"];
  const tells = complaintsIn(acts) + acts.matter;
  return asks >= POSSIBLY_ASKS * (asks + tells) && heads.several < YES && heads.minor < YES;
}

function complaintsIn(acts: Reading["acts"]): number {
  return acts.petition + acts["denies-fixed"] + acts.urge + acts.withdraw + acts["identity-claim"];
}
