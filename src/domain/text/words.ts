import { withoutFaces } from "./faces.ts";
import { simplified, speaksOfClay, staysAlone } from "./simplified.ts";

/** A character that neither opens nor closes a word: white space, punctuation, symbols, emoji and their parts. */
const EDGE = String.raw`[\s\p{P}\p{S}\p{M}\p{Cf}]`;
const LEADING = new RegExp(`^${EDGE}+`, "u");
const TRAILING = new RegExp(`${EDGE}+$`, "u");
const BREAK = new RegExp(`${EDGE}+`, "u");
const GOES_ON = new RegExp(`${EDGE}(?!${EDGE})[^]`, "u");
const HAN = /\p{Script=Han}/u;

/** So many results of one function are remembered. */
const KEPT = 128;

/** A function of a text that remembers its last results: many questions are asked about one message, and each begins with it. */
export function remembering(of: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = of(text);
    if (results.size === KEPT) results.clear();
    results.set(text, result);
    return result;
  };
}

/**
 * A text normalised for matching, never for showing: half width, simplified, white space folded to single blanks,
 * control and bidirectional marks removed.
 *
 * The converter takes a simplified 么 that stands alone for a traditional one and makes 幺 of it: "有人么" must stay; it
 * leaves 甚么, as Hong Kong writes 什么.
 */
export const normalise = remembering((text) => oneByOne(text) ?? together(text));

function together(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cf}/gu, "");
  return simplified(plain).replaceAll("幺", "么").replaceAll("甚么", "什么").replace(/ {2,}/g, " ").trim();
}

/** What becomes of each UTF-16 unit: not known yet, what stands beside it decides, or one unit, whatever stands beside it. */
const UNKNOWN = 0;
const BESIDE = 1;
const becomes = new Uint16Array(0x10000);
/** Signs that become others only beside others, and parts of what is written as one sign. */
const JOINS = /[\s\p{C}\p{M}甚]|[\p{Script=Hangul}坏]/u;
/** Room for the units of the text at hand. */
const LONGEST_ONE_BY_ONE = 2_000;
const units = new Uint16Array(LONGEST_ONE_BY_ONE);

/** A normalised text, unit by unit, as most texts can be and in a tenth of the time; null where a sign depends on its neighbours. */
function oneByOne(text: string): string | null {
  if (text.length > LONGEST_ONE_BY_ONE) return null;
  let isChanged = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    let plain = becomes[unit] ?? BESIDE;
    if (plain === UNKNOWN) {
      plain = becomeOf(String.fromCharCode(unit));
      becomes[unit] = plain;
    }
    if (plain === BESIDE) {
      if (!standsAlone(text, at)) return null;
      plain = unit;
    }
    units[at] = plain;
    isChanged ||= plain !== unit;
  }
  return isChanged ? String.fromCharCode(...units.subarray(0, text.length)) : text;
}

function becomeOf(sign: string): number {
  // 幺 that the converter may make of it is 么 again in the end.
  if (sign === "么") return sign.charCodeAt(0);
  const wide = sign.normalize("NFKC");
  const isOne = wide.length === 1 && staysAlone(wide) && together(sign) === wide;
  return isOne && !JOINS.test(sign) && !JOINS.test(wide) ? wide.charCodeAt(0) : BESIDE;
}

/** Whether a sign that may become another beside others stays: one blank between words, and 坏 unless it is an old sign for 坯. */
function standsAlone(text: string, at: number): boolean {
  const sign = text.charAt(at);
  if (sign === " ") return at > 0 && at + 1 < text.length && text.charAt(at + 1) !== " ";
  return sign === "坏" && !speaksOfClay(text.slice(Math.max(0, at - 1), at + 2));
}

/** The words of a text without the punctuation, blanks and emoji around them; small letters, for matching. */
export const bareWords = remembering((text) => withoutEdges(normalise(text)));

/** A text without the punctuation, blanks and emoji around its words. @param text normalised */
export function withoutEdges(text: string): string {
  return withoutFaces(text).replace(LEADING, "").replace(TRAILING, "").toLowerCase();
}

/** The parts of a text between punctuation and blanks, for matching; none is empty. */
export function clauses(text: string): string[] {
  return bareWords(text)
    .split(BREAK)
    .filter((clause) => clause !== "");
}

/** The first of those parts; empty where there is none. */
export function firstClause(text: string): string {
  return bareWords(text).split(BREAK, 1)[0] ?? "";
}

/** Whether a text has more than one of those parts. */
export function hasSeveralClauses(text: string): boolean {
  return GOES_ON.test(bareWords(text));
}

/** Whether a text has a Chinese character. */
export function hasHan(text: string): boolean {
  return HAN.test(text);
}

const DIGITS = "零一二三四五六七八九";

/**
 * The number that a text is: digits, or a Chinese numeral up to ninety-nine.
 *
 * @param text normalised
 * @returns null when it is no number
 */
export function numeral(text: string): number | null {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const chinese = text.replace(/两/g, "二");
  const [, tens, ones] = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(chinese) ?? [];
  if (chinese.includes("十")) {
    if (!/^[一二三四五六七八九]?十[一二三四五六七八九]?$/.test(chinese)) return null;
    return (tens === undefined ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === undefined ? 0 : DIGITS.indexOf(ones));
  }
  return /^[一二三四五六七八九]$/.test(chinese) ? DIGITS.indexOf(chinese) : null;
}

/**
 * The rest of a text, as it was written, after one of these words at its beginning, however wide or traditional.
 *
 * @param text as written
 * @param words normalised, small letters
 * @returns null when it begins with none of them; the longest wins
 */
export function afterWord<Word extends string>(
  text: string,
  words: readonly Word[],
): { readonly word: Word; readonly rest: string } | null {
  const start = text.replace(LEADING, "");
  if (!mayBegin(start, words)) return null;
  const longest = Math.max(...words.map((word) => word.length)) * 2;
  let found: { word: Word; rest: string } | null = null;
  for (let length = 1; length <= Math.min(longest, start.length); length += 1) {
    const prefix = start.slice(0, length);
    if (/\s$/.test(prefix)) continue;
    const head = normalise(prefix).toLowerCase();
    const word = words.find((one) => one === head);
    if (word !== undefined) found = { word, rest: start.slice(length) };
  }
  return found;
}

/** Whether the first sign of a text, alone or beside the next, is that of one of these words: most texts begin with none. */
function mayBegin(text: string, words: readonly string[]): boolean {
  const heads = [text.slice(0, 1), text.slice(0, 2)].map((head) => normalise(head).toLowerCase().slice(0, 1));
  return words.some((word) => heads.includes(word.slice(0, 1)));
}

/** A text without punctuation, blanks and emoji before its first word. */
export function fromFirstWord(text: string): string {
  return text.replace(LEADING, "");
}

const RUN = /[\p{L}\p{N}]+/gu;

/** The words that are searched for, read from what was typed: runs of letters and digits, folded. */
export function wordsSearched(folded: string): string[] {
  return [...new Set(folded.match(RUN) ?? [])];
}

/**
 * The pairs of neighbouring letters or digits of a folded text, each once: by them a text is found in which a word of two signs
 * or more stands anywhere, in Chinese too, which has no blanks.
 */
export function pairsOf(folded: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of folded.match(RUN) ?? []) {
    const signs = Array.from(run);
    for (const [index, sign] of signs.entries()) {
      const next = signs[index + 1];
      if (next !== undefined) pairs.add(sign + next);
    }
  }
  return pairs;
}
