import { Converter } from "opencc-js/t2cn";

/** Taiwan's table also covers what Hong Kong writes, and alone knows 著火 for 着火. */
const toSimplified = Converter({ from: "tw", to: "cn" });

/** A character that neither opens nor closes a word: white space, punctuation, symbols, emoji and their parts. */
const EDGE = String.raw`[\s\p{P}\p{S}\p{M}\p{Cf}]`;
const LEADING = new RegExp(`^${EDGE}+`, "u");
const TRAILING = new RegExp(`${EDGE}+$`, "u");
const HAN = /\p{Script=Han}/u;
/** WeChat sends its own faces as words in brackets: [微笑], [强], [抱拳]. */
const FACE = /\[\p{Script=Han}{1,3}\]/gu;

/** What became of the last texts: one message is asked many questions, and each begins with {@link normalise}. */
const normalised = new Map<string, string>();
const KEPT = 128;

/**
 * A text as it is matched, never as it is shown: half width, simplified, white space folded to single blanks, control
 * and bidirectional marks removed.
 *
 * The converter takes a simplified 么 that stands alone for a traditional one and makes 幺 of it: "有人么" must stay; it
 * leaves 甚么, as Hong Kong writes 什么.
 */
export function normalise(text: string): string {
  const known = normalised.get(text);
  if (known !== undefined) return known;
  const result = normaliseAnew(text);
  if (normalised.size === KEPT) normalised.clear();
  normalised.set(text, result);
  return result;
}

function normaliseAnew(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/\p{Cf}/gu, "");
  return toSimplified(plain).replaceAll("幺", "么").replaceAll("甚么", "什么").replace(/ {2,}/g, " ").trim();
}

/** The words of a text without the punctuation, blanks and emoji around them; small letters, for matching. */
export function bareWords(text: string): string {
  return withoutEdges(normalise(text));
}

/** @param text normalised */
export function withoutEdges(text: string): string {
  return text.replace(FACE, " ").replace(LEADING, "").replace(TRAILING, "").toLowerCase();
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
 * What is left of the text as it was written after one of these words at its beginning, however wide or traditional.
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

/** Drops punctuation, blanks and emoji before the first word. */
export function fromFirstWord(text: string): string {
  return text.replace(LEADING, "");
}
