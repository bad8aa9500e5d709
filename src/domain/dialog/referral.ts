import { nameAtStart, nameKey, nameList } from "../text/names.ts";
import { afterWord, clauses, fromFirstWord, normalise } from "../text/words.ts";

/** A unit or deputy to whom a deputy may pass a case on, or the worker of its grid, who is asked to look. */
export type ReferralTarget = {
  readonly kind: "unit" | "deputy" | "grid-worker";
  readonly code: string;
  readonly name: string;
  /** What people call it for short, as the office's list says. */
  readonly aliases?: readonly string[];
};

/** The meaning of a deputy's words after "转办": who is meant (none, one, or several), what was typed for it, and why. */
export type Referral = { readonly meant: readonly ReferralTarget[]; readonly typed: string; readonly reason: string };

const TOWARDS = /^[\s\p{P}\p{S}]*(?:转给|转到|交给|移交给?|给|到|至|由|请|to\s)\s*/iu;
const OFFICE = /^(?:代表|同志|办理|处理|来?办|负责)+/;
/** "住建局来处理": what they shall do, behind a name that is only a part. */
const BY_THEM = /(?:去|来)?(?:办理|处理|办|解决|负责|跟进|看看|看一下)(?:一下|吧)*$/;
/** A single character is in the names of many. */
const SHORTEST_PART = 2;
const SHORTEST_ABBREVIATION = 3;

/**
 * The referral that words ask for:  a code or a name at the beginning, the longest that fits; else the one whose name
 * holds what was typed there ("住建局" for 县住建局), or of which that is short.
 *
 * @param words as the deputy wrote them, without the case's number
 */
export function referralIn(words: string, takers: readonly ReferralTarget[]): Referral {
  const said = words.replace(TOWARDS, "");
  const named = nameAtStart(said, nameList(takers.flatMap(namesOf)));
  const coded = codeAtStart(said, takers);
  if (named !== null && (coded === null || named.rest.length <= coded.rest.length)) {
    const meant = takers.filter((taker) => namesOf(taker).some((name) => nameKey(name) === named.key));
    const typed = said.slice(0, said.length - named.rest.length).trim();
    return { meant, typed, reason: reasonIn(named.rest) };
  }
  if (coded !== null) {
    const meant = takers.filter((taker) => matched(taker.code) === coded.word);
    return { meant, typed: coded.word, reason: reasonIn(coded.rest) };
  }
  const typed = (clauses(said)[0] ?? "").replace(/(?:代表|吧|了|哈)+$/, "").replace(BY_THEM, "");
  const part = nameKey(typed);
  const holding = part.length < SHORTEST_PART ? [] : takers.filter((taker) => nameKey(taker.name).includes(part));
  const meant = holding.length > 0 ? holding : takers.filter((taker) => isShortFor(part, taker));
  return { meant, typed, reason: reasonIn(afterWord(said, [typed])?.rest ?? "") };
}

function namesOf({ name, aliases = [] }: ReferralTarget): readonly string[] {
  return [name, ...aliases];
}

/** The name of the place that a unit is of: "清河县". */
const OF_PLACE = /^\p{Script=Han}{0,4}?[县市区旗州省镇乡](?=\p{Script=Han}{3})/u;

/** Whether letters are what people call a unit: "住建局" for 住房和城乡建设局, "人社局" for 县人力资源和社会保障局. */
function isShortFor(letters: string, { kind, name }: ReferralTarget): boolean {
  if (kind !== "unit" || letters.length < SHORTEST_ABBREVIATION) return false;
  return [nameKey(name), nameKey(name.replace(OF_PLACE, ""))].some((whole) => {
    if (whole[0] !== letters[0]) return false;
    let at = -1;
    return [...letters].every((letter) => {
      at = whole.indexOf(letter, at + 1);
      return at >= 0;
    });
  });
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
