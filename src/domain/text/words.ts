import { withoutFaces } from "./faces.ts";
import { simplified } from "./simplified.ts";

/** A character that neither opens nor closes a word: white space, punctuation, symbols, emoji and their parts. */
const EDGE = String.raw`[\s\p{P}\p{S}\p{M}\p{Cf}]`;
const LEADING = new RegExp(`^${EDGE}+`, "u");
const TRAILING = new RegExp(`${EDGE}+$`, "u");
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
export const normalise = remembering((text) => {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cf}/gu, "");
  return simplified(plain).replaceAll("幺", "么").replaceAll("甚么", "什么").replace(/ {2,}/g, " ").trim();
});

/** The words of a text without the punctuation, blanks and emoji around them; small letters, for matching. */
export const bareWords = remembering((text) => withoutEdges(normalise(text)));

/** A text without the punctuation, blanks and emoji around its words. @param text normalised */
export function withoutEdges(text: string): string {
  return withoutFaces(text).replace(LEADING, "").replace(TRAILING, "").toLowerCase();
}

/** The parts of a text between punctuation and blanks, for matching; none is empty. */
export function clauses(text: string): string[] {
  return bareWords(text)
    .split(new RegExp(`${EDGE}+`, "u"))
    .filter((clause) => clause !== "");
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
