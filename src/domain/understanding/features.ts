import { abstractOf, FIRST_CLASS, isClass } from "./classes.ts";

/** The longest run of signs that is a feature. */
const LONGEST = 4;
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
/** Codes that no text has: its beginning, its end, a gap, its length, its abstract form, two classes in one text. */
const START = 0x1000;
const FINISH = 0x1001;
const GAP = 0x1002;
const LENGTH = 0x1003;
const ABSTRACT = 0x1004;
const TOGETHER = 0x1005;
/** Lengths above these are one feature each: what is short is said differently. */
const LENGTHS = [1, 2, 4, 6, 9, 13, 20, 30, 50, 90, 160];
/** Classes further apart than this are not said of each other. */
const NEAR = 14;

/** The features of a text: each a 32-bit hash, each once. */
export type Features = {
  readonly hashes: readonly number[];
  /** The signs that made a feature, by its place among the hashes; classes of words show as 〔…〕. */
  readonly shown: (index: number) => string;
};

/**
 * The features of a prepared text: its runs of one to four signs, those at its beginning and end marked, pairs with one
 * sign between them, and about how long it is; of its abstract form the runs that have a class of words.
 */
export function featuresOf(text: string): Features {
  const noted = new Notes();
  runsOf(text, SEED, () => true, noted, 0);
  const abstract = abstractOf(text);
  if (abstract !== text) {
    runsOf(abstract, mixed(SEED, ABSTRACT), (codes) => codes.some(isClass), noted, 1);
    classesTogether(abstract, noted);
  }
  const long = LENGTHS.findIndex((length) => text.length <= length);
  noted.add(mixed(mixed(SEED, LENGTH), long), 0, 0, 0);
  return { hashes: noted.hashes, shown: (index) => shownAt([text, abstract], noted.spans[index]) };
}

type Span = { readonly form: 0 | 1; readonly from: number; readonly to: number };

class Notes {
  readonly hashes: number[] = [];
  readonly spans: Span[] = [];
  readonly #seen = new Set<number>();

  add(hash: number, from: number, to: number, form: 0 | 1): void {
    if (this.#seen.has(hash)) return;
    this.#seen.add(hash);
    this.hashes.push(hash);
    this.spans.push({ form, from, to });
  }
}

function runsOf(
  text: string,
  seed: number,
  counts: (codes: readonly number[]) => boolean,
  noted: Notes,
  form: 0 | 1,
): void {
  const codes = [START, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)), FINISH];
  for (let from = 0; from < codes.length; from += 1) {
    let hash = seed;
    for (let to = from; to < Math.min(from + LONGEST, codes.length); to += 1) {
      hash = mixed(hash, codes[to] ?? 0);
      const isMark = to === from && (from === 0 || to === codes.length - 1);
      if (!isMark && (form === 0 || counts(codes.slice(from, to + 1)))) noted.add(hash, from, to + 1, form);
    }
    const after = codes[from + 2];
    if (after !== undefined && (form === 0 || counts([codes[from] ?? 0, after]))) {
      noted.add(mixed(mixed(mixed(seed, codes[from] ?? 0), GAP), after), from, from + 3, form);
    }
  }
}

/** Two classes near each other, in their order. */
function classesTogether(abstract: string, noted: Notes): void {
  for (let from = 0; from < abstract.length; from += 1) {
    const first = abstract.charCodeAt(from);
    if (!isClass(first)) continue;
    for (let to = from + 1; to < Math.min(from + NEAR, abstract.length); to += 1) {
      const second = abstract.charCodeAt(to);
      if (isClass(second)) noted.add(mixed(mixed(mixed(SEED, TOGETHER), first), second), from + 1, to + 2, 1);
    }
  }
}

const CLASS_NAMES = ["〔官〕", "〔私〕", "〔钱〕", "〔亲〕"];

function shownAt(forms: readonly [string, string], span: Span | undefined): string {
  if (span === undefined || span.to === 0) return "…";
  const text = forms[span.form];
  const signs = [...text.slice(Math.max(0, span.from - 1), span.to - 1)]
    .map((sign) => CLASS_NAMES[sign.charCodeAt(0) - FIRST_CLASS] ?? sign)
    .join("");
  return `${span.from === 0 ? "^" : ""}${signs}${span.to > text.length + 1 ? "$" : ""}`;
}

/** One more sign in an FNV-1a hash of 32 bits, in two bytes. */
function mixed(hash: number, code: number): number {
  const low = Math.imul(hash ^ (code & 0xff), PRIME);
  return Math.imul(low ^ (code >>> 8), PRIME) >>> 0;
}
