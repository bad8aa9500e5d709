import { sameSign } from "../text/names.ts";

/**
 * A known name found in a text, as it is written there but for blanks, with the references it was added with, and from
 * where (inclusive) to where (exclusive) it stands in the text.
 */
export type NameHit = {
  readonly name: string;
  readonly refs: readonly number[];
  readonly from: number;
  readonly to: number;
  /** What each reference is called in full, where the name is only what several have in common. */
  readonly called?: ReadonlyMap<number, string>;
};

/**
 * An index of names that finds all of them in a text in one pass.
 *
 * One hash table and the lengths of the names per first character: a million names take a tenth of the memory of an
 * automaton, and a text is read as fast, because few characters of a text begin a name.
 */
export type NameIndex = {
  readonly refs: ReadonlyMap<string, number | readonly number[]>;
  /** Lengths of the names that begin with this UTF-16 unit, longest first. */
  readonly lengths: ReadonlyMap<number, readonly number[]>;
  /** What the phases of an estate have in common (阳光花园 of 阳光花园一期), to the full name of each. */
  readonly phased: ReadonlyMap<string, ReadonlyMap<number, string>>;
};

/** A builder of a {@link NameIndex}. A name of one character, or of numerals alone, says too little and is left out. */
export type NameIndexBuilder = { add(name: string, ref: number): void; finish(): NameIndex };

const NUMERALS_ONLY = /^[\p{N}〇零一二三四五六七八九十百千第-]+$/u;
const UPPER_CASE = /\p{Changes_When_Lowercased}/u;
/** What may stand between the parts of a name, or be missing; a full stop between digits is part of a number. */
const LEFT_OUT = /[\s\p{Cf}·•・‧∙]|(?<!\d)\.|\.(?!\d)/u;
const ALL_LEFT_OUT = new RegExp(LEFT_OUT, "gu");
/** A numeral in words; before 路 it is the name of a street, and a number there that of a bus. */
const IN_WORDS = /[〇零一二三四五六七八九十百]+(?![路〇零一二三四五六七八九十百])/gu;
const DIGITS = "零一二三四五六七八九";

/** The name of a part of an estate or a village, folded: what they share, and which part. */
const PHASE = /^(.{3,}?)(?:第?\d{1,2}[期区组社队]|[东西南北中][区院苑]|[a-f]区)$/u;

/** Creates an empty builder. The same name may be added with many references. */
export function nameIndexBuilder(): NameIndexBuilder {
  const refs = new Map<string, number | number[]>();
  const lengths = new Map<number, number[]>();
  const phased = new Map<string, Map<number, string>>();
  return {
    add(name, ref) {
      const key = foldName(name);
      if (key.length < 2 || NUMERALS_ONLY.test(key)) return;
      const [, estate] = PHASE.exec(key) ?? [];
      if (estate !== undefined) phased.set(estate, (phased.get(estate) ?? new Map()).set(ref, name));
      const known = refs.get(key);
      if (known === undefined) {
        refs.set(key, ref);
        noteLength(lengths, key);
      } else if (typeof known === "number") {
        if (known !== ref) refs.set(key, [known, ref]);
      } else if (known.at(-1) !== ref) {
        known.push(ref);
      }
    },
    finish() {
      for (const [estate, called] of phased) {
        if (refs.has(estate)) phased.delete(estate);
        else {
          refs.set(estate, [...called.keys()]);
          noteLength(lengths, estate);
        }
      }
      return { refs, lengths, phased };
    },
  };
}

/**
 * A name in the form in which it is compared: compatibility forms unified (full width, ligatures), small letters, one
 * sign for all that are written in its place, numbers in digits, without blanks and dots.
 */
export function foldName(name: string): string {
  // Each step gives the same string where nothing changes: a name is better shared with the one the atlas keeps.
  const signs = withSameSigns(small(name));
  return signs.replace(IN_WORDS, (words) => inDigits(words)).replace(ALL_LEFT_OUT, "");
}

/**
 * The names in a text, in the order in which they stand there.
 *
 * Where names begin together the longest counts, and a name inside a longer one does not count. Spaces do not matter,
 * except that a latin word or a number is never cut: `三组` does not stand in `十三组`, nor `G1` in `G12`.
 */
export function placeNamesIn(index: NameIndex, text: string): NameHit[] {
  const folded = foldText(text);
  const { written } = folded;
  const hits: NameHit[] = [];
  let covered = 0;
  for (let start = 0; start < folded.text.length; start++) {
    for (const length of index.lengths.get(folded.text.charCodeAt(start)) ?? []) {
      const end = start + length;
      if (end <= covered || end > folded.text.length) continue;
      const refs = index.refs.get(folded.text.slice(start, end));
      if (refs === undefined || isCut(folded, start) || isCut(folded, end)) continue;
      const name = written.slice(folded.from[start], folded.to[end - 1]).replace(/[\s\p{Cf}]+/gu, "");
      const called = index.phased.get(folded.text.slice(start, end));
      hits.push({
        ...{ name, refs: typeof refs === "number" ? [refs] : refs },
        ...{ from: folded.from[start] ?? 0, to: folded.to[end - 1] ?? written.length },
        ...(called && { called }),
      });
      covered = end;
      break;
    }
  }
  return hits;
}

/** A text as names are looked for in it, and for each of its units from where to where what it was made of stands. */
export type FoldedText = {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** The text as it is written, half width and in small letters. */
  readonly written: string;
};

/** Folds a text as names are folded, and keeps where each unit stood. */
export function foldText(original: string): FoldedText {
  const written = small(original);
  const from: number[] = [];
  const to: number[] = [];
  let text = "";
  const add = (piece: string, start: number, end: number) => {
    for (let unit = 0; unit < piece.length; unit += 1) {
      const isWhole = piece.length === end - start;
      from.push(isWhole ? start + unit : start);
      to.push(isWhole ? start + unit + 1 : end);
    }
    text += piece;
  };
  const addWords = (start: number, end: number) => {
    let at = start;
    for (const { index, 0: gap } of written.slice(start, end).matchAll(ALL_LEFT_OUT)) {
      add(withSameSigns(written.slice(at, start + index)), at, start + index);
      at = start + index + gap.length;
    }
    add(withSameSigns(written.slice(at, end)), at, end);
  };
  let done = 0;
  for (const { index, 0: words } of written.matchAll(IN_WORDS)) {
    addWords(done, index);
    done = index + words.length;
    add(inDigits(words), index, done);
  }
  addWords(done, written.length);
  return { text, from, to, written };
}

/** Half width and small letters; the same string where nothing changes. */
function small(text: string): string {
  const plain = text.normalize("NFKC");
  // toLowerCase always makes a new string.
  return UPPER_CASE.test(plain) ? plain.toLowerCase() : plain;
}

const FIRST_HAN = 0x3400;
const LAST_HAN = 0x9fff;
/** The sign that stands for each Han sign, by code unit; 0 where nobody asked yet. */
const SIGNS = new Uint16Array(LAST_HAN - FIRST_HAN + 1);

function withSameSigns(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (signFor(text.charCodeAt(at)) === text.charCodeAt(at)) continue;
    return Array.from({ length: text.length }, (_, unit) => String.fromCharCode(signFor(text.charCodeAt(unit)))).join(
      "",
    );
  }
  return text;
}

function signFor(unit: number): number {
  if (unit < FIRST_HAN || unit > LAST_HAN) return unit;
  const known = SIGNS[unit - FIRST_HAN] ?? 0;
  if (known !== 0) return known;
  const sign = sameSign(String.fromCharCode(unit));
  const result = sign.length === 1 ? sign.charCodeAt(0) : unit;
  SIGNS[unit - FIRST_HAN] = result;
  return result;
}

/** A numeral in digits: sign by sign, or where it has 十 or 百 its value; as it is where it is none. */
function inDigits(words: string): string {
  const plain = words.replaceAll("〇", "零");
  if (!/[十百]/.test(plain)) return Array.from(plain, (sign) => DIGITS.indexOf(sign)).join("");
  const [whole, hundreds, only, tens, ones] =
    /^(?:([一二三四五六七八九])百)?(?:零([一二三四五六七八九])|([一二三四五六七八九]?)十([一二三四五六七八九]?))?$/.exec(
      plain,
    ) ?? [];
  if (whole === undefined) return words;
  const ten = tens === undefined ? 0 : tens === "" ? 1 : DIGITS.indexOf(tens);
  const one = DIGITS.indexOf(only || ones || "零");
  return String((hundreds === undefined ? 0 : DIGITS.indexOf(hundreds)) * 100 + ten * 10 + one);
}

/** Whether a name that begins or ends here would cut a latin word or a number in two. */
export function isCut({ text, from, to }: FoldedText, at: number): boolean {
  if (at === 0 || at === text.length || (to[at - 1] ?? 0) < (from[at] ?? 0)) return false;
  const before = scriptOf(text.charAt(at - 1));
  return before !== "other" && before === scriptOf(text.charAt(at));
}

function scriptOf(character: string): "latin" | "numeral" | "other" {
  if (/[a-z]/.test(character)) return "latin";
  return /[0-9〇零一二三四五六七八九十百千]/.test(character) ? "numeral" : "other";
}

function noteLength(lengths: Map<number, number[]>, key: string): void {
  const first = key.charCodeAt(0);
  const known = lengths.get(first);
  if (known === undefined) lengths.set(first, [key.length]);
  else if (!known.includes(key.length)) {
    known.push(key.length);
    known.sort((a, b) => b - a);
  }
}
