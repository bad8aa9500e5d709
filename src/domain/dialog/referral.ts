import { nameAtStart, nameKey, nameList } from "../text/names.ts";
import { afterWord, clauses, fromFirstWord, normalise } from "../text/words.ts";

/** A unit or deputy to whom a deputy may pass a case on. */
export type ReferralTarget = { readonly kind: "unit" | "deputy"; readonly code: string; readonly name: string };

/** The meaning of a deputy's words after "转办": who is meant (none, one, or several), what was typed for it, and why. */
export type Referral = { readonly meant: readonly ReferralTarget[]; readonly typed: string; readonly reason: string };

const TOWARDS = /^[\s\p{P}\p{S}]*(?:转给|转到|交给|移交给?|给|到|至|由|请|to\s)\s*/iu;
const OFFICE = /^(?:代表|同志|办理|处理|来?办|负责)+/;
/** A single character is in the names of many. */
const SHORTEST_PART = 2;

/**
 * The referral that words ask for:  a code or a name at the beginning, the longest that fits; else the one whose name
 * holds what was typed there ("住建局" for 县住建局).
 *
 * @param words as the deputy wrote them, without the case's number
 */
export function referralIn(words: string, takers: readonly ReferralTarget[]): Referral {
  const said = words.replace(TOWARDS, "");
  const named = nameAtStart(said, nameList(takers.map((taker) => taker.name)));
  const coded = codeAtStart(said, takers);
  if (named !== null && (coded === null || named.rest.length <= coded.rest.length)) {
    const meant = takers.filter((taker) => nameKey(taker.name) === named.key);
    const typed = said.slice(0, said.length - named.rest.length).trim();
    return { meant, typed, reason: reasonIn(named.rest) };
  }
  if (coded !== null) {
    const meant = takers.filter((taker) => matched(taker.code) === coded.word);
    return { meant, typed: coded.word, reason: reasonIn(coded.rest) };
  }
  const typed = (clauses(said)[0] ?? "").replace(/代表$/, "");
  const part = nameKey(typed);
  const meant = part.length < SHORTEST_PART ? [] : takers.filter((taker) => nameKey(taker.name).includes(part));
  return { meant, typed, reason: reasonIn(afterWord(said, [typed])?.rest ?? "") };
}

function codeAtStart(said: string, takers: readonly ReferralTarget[]): { word: string; rest: string } | null {
  const codes = [...new Set(takers.map((taker) => matched(taker.code)))];
  const found = said === "" || codes.length === 0 ? null : afterWord(said, codes);
  return found === null || isCutCode(found) ? null : found;
}

function matched(code: string): string {
  return normalise(code).toLowerCase();
}

/** "U1" is no part of "U12". */
function isCutCode({ word, rest }: { readonly word: string; readonly rest: string }): boolean {
  return /[0-9a-z]$/.test(word) && /^[0-9a-z]/i.test(rest.normalize("NFKC"));
}

function reasonIn(rest: string): string {
  return fromFirstWord(fromFirstWord(rest).replace(OFFICE, "")).trim();
}
