import { normalise } from "../text/words.ts";
import { YES } from "../understanding/policy.ts";
import type { Reading } from "../understanding/model.ts";

/** So probably words ask for information, of whatever kind, beside what they may tell. */
const PROBABLY_ASKS = 0.5;
/** From here on words may speak of a danger or of somebody's conduct, and a person reads them. */
const MAY_BE_GRAVE = 0.2;

const QUESTION =
  /[?]|吗|嘛|么|呢|谁|哪|什么|啥|多少|几(?!乎)|多久|怎么|怎样|咋|如何|是否|能否|(\p{Script=Han})[不没]\1|有没有|\b(?:who|what|where|when|how|which|can|do|does|is|are|may)\b/u;

/** Whether words have a question in them at all: a quick look, before anything is read. */
export function hasQuestion(text: string): boolean {
  return QUESTION.test(normalise(text).toLowerCase());
}

/**
 * Whether words ask for information and do nothing else, by what was learned: they tell of no matter, no trouble, no wish, and touch
 * nothing that a person should read. An inquiry and a question about the service are asked in the same words.
 */
export function onlyAsks({ acts, heads }: Reading): boolean {
  const asks = acts.inquiry + acts["service-question"];
  const tells =
    acts.matter + acts.petition + acts.suggestion + acts["denies-fixed"] + acts.urge + acts["identity-claim"];
  const isGrave = [heads.danger, heads.accuses, heads["tells-on"]].some((share) => share >= MAY_BE_GRAVE);
  return asks >= PROBABLY_ASKS * (asks + tells) && !isGrave && heads.several < YES && heads.minor < YES;
}
