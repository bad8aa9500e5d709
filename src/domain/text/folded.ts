/**
 * A text folded for the search of private data, with the position of each of its units in the original: half width,
 * without invisible marks and accents, dashes alike, blanks alike, digits of every script as 0 to 9. Line ends stay.
 */
export type Folded = {
  readonly text: string;
  readonly seen: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** A span of a folded text that is hidden, [from, to) in `seen`; stars stand there where nothing else is given. */
export type Span = { readonly from: number; readonly to: number; readonly shown?: string };

/** Printable ASCII and the common Chinese characters: most of every text. */
const ALREADY_PLAIN = /^[ -~\n\u4e00-\u9fff]$/;
const DASH = /[‐‑‒–—―−﹣ー─━]/g;
const BLANK = /(?!\n)\s|[\u115f\u1160\u2800\u3164\uffa0]/g;
const UNSEEN = /(?!\n)[\p{Cf}\p{M}\p{Cc}]/gu;
const ODD = /[\p{Nd}\p{No}\u3021-\u3029ΟοОоՕօ]/u;

/** Folds a text for the search of private data. */
export function fold(text: string): Folded {
  let seen = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = ALREADY_PLAIN.test(character) ? character : folded(character);
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(at + character.length);
    }
    seen += plain;
    at += character.length;
  }
  return { text, seen, starts, ends };
}

function folded(character: string): string {
  const plain = character.normalize("NFKC").replace(DASH, "-").replace(BLANK, " ").replace(UNSEEN, "");
  return ODD.test(plain) ? Array.from(plain, digitOf).join("") : plain;
}

/** Signs with a number that are no decimal digits of a script: where each row of them begins, with what and how many. */
const ROWS: readonly (readonly [number, number, number])[] = [
  [0x3021, 1, 9],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x24f5, 1, 9],
  [0x24ff, 0, 1],
  [0x1f10b, 0, 1],
  [0x1f10c, 0, 1],
];

function digitOf(sign: string): string {
  if (/^[0-9]$/.test(sign)) return sign;
  if (/^[ΟοОоՕօ]$/.test(sign)) return "O";
  const code = sign.codePointAt(0) ?? 0;
  const row = ROWS.find(([first, , length]) => code >= first && code < first + length);
  if (row !== undefined) return String(code - row[0] + row[1]);
  if (!/^\p{Nd}$/u.test(sign)) return sign;
  // The decimal digits of a script are ten in a row, from 0.
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

const NUMERALS = "〇零○◯一壹弌幺二贰貳弍三叁參弎四肆五伍六陆陸七柒八捌九玖";
const VALUES = "00001111222233334455666778899";
const NUMERAL = /[〇零○◯一壹弌幺二贰貳弍三叁參弎四肆五伍六陆陸七柒八捌九玖]/g;

/** A text with Chinese numerals as digits, sign for sign; 十, 百 and what is a word more often than a numeral stay. */
export function withDigits(seen: string): string {
  return seen.replace(NUMERAL, (numeral) => VALUES[NUMERALS.indexOf(numeral)] ?? numeral);
}

/** The text with these spans hidden; of two that overlap, the one that begins first. */
export function hide({ text, starts, ends }: Folded, spans: readonly Span[]): string {
  let result = "";
  let done = 0;
  for (const { from, to, shown } of spans.toSorted((a, b) => a.from - b.from)) {
    const [start, end] = [starts[from] ?? text.length, ends[to - 1] ?? text.length];
    if (start < done || to <= from) continue;
    result += text.slice(done, start) + (shown ?? "*".repeat(Math.max(2, to - from)));
    done = end;
  }
  return result + text.slice(done);
}
