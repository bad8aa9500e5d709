import { abstractOf, FIRST_CLASS, isClass } from "./classes.ts";
import { Notes, spanOf } from "./feature-notes.ts";

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
/** At each place of a text begin at most so many features. */
const AT_A_PLACE = LONGEST + 1;

/** The features of a text: each a 32-bit hash, each once. */
export type Features = Uint32Array;

/** The room in which the features of the text at hand are noted: reading a text allocates only its result. */
const notes = new Notes();

/**
 * The features of a prepared text: its runs of one to four signs, those at its beginning and end marked, pairs with one
 * sign between them, and about how long it is; of its abstract form the runs that have a class of words.
 */
export function featuresOf(text: string): Features {
  return new Uint32Array(featuresAtHand(text));
}

/** The same features as whole numbers with a sign, which takes less time; good until another text is read. */
export function featuresAtHand(text: string): Int32Array {
  noteFeatures(text, abstractOf(text));
  return notes.hashes();
}

/**
 * Finds the signs that made a feature of a prepared text, by its place in {@link featuresOf}; classes of words show as 〔…〕.
 */
export function shownFeaturesOf(text: string): (index: number) => string {
  const abstract = abstractOf(text);
  noteFeatures(text, abstract);
  const spans = notes.spans();
  return (index) => {
    const { isAbstract, from, to } = spanOf(spans[index] ?? 0);
    return shownAt(isAbstract ? abstract : text, from, to);
  };
}

function noteFeatures(text: string, abstract: string): void {
  const isAbstracted = abstract !== text;
  const places = text.length + 2 + (isAbstracted ? abstract.length + 2 : 0);
  notes.begin(places * AT_A_PLACE + (isAbstracted ? abstract.length * NEAR : 0) + 1);
  noteRuns(text, SEED, false);
  if (isAbstracted) {
    noteRuns(abstract, mixed(SEED, ABSTRACT), true);
    noteClassesTogether(abstract);
  }
  const long = LENGTHS.findIndex((length) => text.length <= length);
  notes.add(mixed(mixed(SEED, LENGTH), long), false, 0, 0);
}

/** Notes the runs of a text, of an abstract form only those that have a class of words. */
function noteRuns(text: string, seed: number, isAbstract: boolean): void {
  const last = text.length + 1;
  const codes = codesOf(text);
  for (let from = 0; from <= last; from += 1) {
    const first = codes[from] ?? 0;
    let hash = seed;
    let counts = !isAbstract;
    for (let to = from; to < from + LONGEST && to <= last; to += 1) {
      const code = codes[to] ?? 0;
      hash = mixed(hash, code);
      counts ||= isClass(code);
      const isMark = to === from && (from === 0 || from === last);
      if (counts && !isMark) notes.add(hash, isAbstract, from, to + 1);
    }
    if (from + 2 > last) continue;
    const after = codes[from + 2] ?? 0;
    if (!isAbstract || isClass(first) || isClass(after)) {
      notes.add(mixed(mixed(mixed(seed, first), GAP), after), isAbstract, from, from + 3);
    }
  }
}

/** Room for the codes of the text at hand. */
let room = new Uint16Array(1024);

/** The codes of a text, with a mark before its first sign and one behind its last; good until it is called again. */
function codesOf(text: string): Uint16Array {
  const length = text.length + 2;
  if (length > room.length) room = new Uint16Array(length * 2);
  room[0] = START;
  for (let at = 0; at < text.length; at += 1) room[at + 1] = text.charCodeAt(at);
  room[length - 1] = FINISH;
  return room;
}

/** Two classes near each other, in their order. */
function noteClassesTogether(abstract: string): void {
  for (let from = 0; from < abstract.length; from += 1) {
    const first = abstract.charCodeAt(from);
    if (!isClass(first)) continue;
    for (let to = from + 1; to < from + NEAR && to < abstract.length; to += 1) {
      const second = abstract.charCodeAt(to);
      if (isClass(second)) notes.add(mixed(mixed(mixed(SEED, TOGETHER), first), second), true, from + 1, to + 2);
    }
  }
}

const CLASS_NAMES = ["〔官〕", "〔私〕", "〔钱〕", "〔亲〕"];

function shownAt(text: string, from: number, to: number): string {
  if (to === 0) return "…";
  const signs = [...text.slice(Math.max(0, from - 1), to - 1)]
    .map((sign) => CLASS_NAMES[sign.charCodeAt(0) - FIRST_CLASS] ?? sign)
    .join("");
  return `${from === 0 ? "^" : ""}${signs}${to > text.length + 1 ? "$" : ""}`;
}

/** One more sign in an FNV-1a hash of 32 bits, in two bytes. */
function mixed(hash: number, code: number): number {
  const low = Math.imul(hash ^ (code & 0xff), PRIME);
  return Math.imul(low ^ (code >>> 8), PRIME);
}
