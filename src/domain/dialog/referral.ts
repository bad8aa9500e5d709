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
  const spellings = takers.flatMap((taker) => [matched(taker.code), matched(taker.name)]);
  const found = said === "" ? null : afterWord(said, [...new Set(spellings)]);
  if (found !== null && !isCutCode(found)) {
    const meant = takers.filter((taker) => matched(taker.code) === found.word || matched(taker.name) === found.word);
    return { meant, typed: found.word, reason: reasonIn(found.rest) };
  }
  const typed = (clauses(said)[0] ?? "").replace(/代表$/, "");
  const meant = typed.length < SHORTEST_PART ? [] : takers.filter((taker) => matched(taker.name).includes(typed));
  return { meant, typed, reason: reasonIn(afterWord(said, [typed])?.rest ?? "") };
}

function matched(text: string): string {
  return normalise(text).toLowerCase();
}

/** "U1" is no part of "U12". */
function isCutCode({ word, rest }: { readonly word: string; readonly rest: string }): boolean {
  return /[0-9a-z]$/.test(word) && /^[0-9a-z]/i.test(rest.normalize("NFKC"));
}

function reasonIn(rest: string): string {
  return fromFirstWord(fromFirstWord(rest).replace(OFFICE, "")).trim();
}
