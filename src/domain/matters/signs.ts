import type { Act, Head } from "../understanding/meaning.ts";
import type { Reading } from "../understanding/model.ts";
import type { Boundary } from "./boundaries.ts";
import { type Likeness, likenessOf, vectorOf } from "./likeness.ts";

/** The topic of a text, and how sure it is, 0 to 1; null is none of the catalogue. */
type Topic = { readonly category: string | null; readonly confidence: number };

/** A way to tell matters apart: how the words of residents are read, and what they are about. */
export type Telling = {
  readonly read: (text: string) => Reading;
  readonly topicOf: (text: string) => Topic;
  readonly likeness: Likeness;
};

/** The signs for or against another matter at a boundary: numbers in a fixed order, and words as hashes below {@link BUCKETS}. */
export type Signs = { readonly numbers: Float32Array; readonly words: Uint32Array };

/** The number of different hashes that words have. */
export const BUCKETS = 8_192;

const READ_ACTS = [
  "matter",
  "adds",
  "urge",
  "denies-fixed",
  "thanks",
  "inquiry",
  "suggestion",
  "petition",
  "greeting",
  "service-question",
  "relocate",
  "corrects-text",
  "status",
] as const satisfies readonly Act[];
const READ_HEADS = ["own-matter", "several", "danger", "accuses"] as const satisfies readonly Head[];
const PER_READING = READ_ACTS.length + READ_HEADS.length;
const PAIR = 7;
const SHAPE = 15;
/** The count of numbers that a boundary has. */
export const NUMBERS = 5 * PER_READING + 3 * PAIR + SHAPE;

/** The place of the number that says how probably the whole text has several matters. */
export const OF_WHOLE = NUMBERS - 1;

/** The longest that is read on one side of a boundary. */
const SIDE = 90;

/** Finds what speaks for or against another matter at each boundary of a text. */
export function signsAt(text: string, boundaries: readonly Boundary[], telling: Telling): Signs[] {
  const look = lookingOnce(telling);
  const whole = look(text);
  return boundaries.map((boundary, index) => {
    const left = text.slice(Math.max(0, boundary.end - SIDE), boundary.end);
    const right = text.slice(boundary.at, boundary.at + SIDE);
    const last = text.slice(boundaries[index - 1]?.at ?? 0, boundary.end);
    const next = text.slice(boundary.at, boundaries[index + 1]?.end ?? text.length);
    const following = text.slice(boundary.at, boundaries[index + 2]?.end ?? text.length);
    const numbers = [
      ...[left, right, last, next, following].flatMap((part) => readingOf(look(part))),
      ...pairOf(look, left, right),
      ...pairOf(look, last, next),
      ...pairOf(look, left, following),
      ...shapeOf(text, boundary, { index, count: boundaries.length, left, last, next }),
      saysCount(text.slice(0, boundaries[Math.min(2, boundaries.length - 1)]?.at ?? 0)),
      whole.reading.acts.petition + whole.reading.acts.suggestion,
      logOdds(whole.reading.heads.accuses),
      logOdds(whole.reading.heads.several),
    ];
    return { numbers: Float32Array.from(numbers), words: wordsAt(text, boundary, { last, next, following }) };
  });
}

type Seen = { readonly reading: Reading; readonly topic: Topic; readonly about: Float32Array };

type Look = { (part: string): Seen; readonly likeness: Likeness };

/** Parts of a text are looked at by several boundaries. */
function lookingOnce({ read, topicOf, likeness }: Telling): Look {
  const known = new Map<string, Seen>();
  const look = (part: string) => {
    const had = known.get(part);
    if (had !== undefined) return had;
    const seen = { reading: read(part), topic: topicOf(part), about: vectorOf(likeness, part) };
    known.set(part, seen);
    return seen;
  };
  return Object.assign(look, { likeness });
}

function readingOf({ reading: { acts, heads } }: Seen): number[] {
  return [...READ_ACTS.map((act) => Math.sqrt(acts[act])), ...READ_HEADS.map((head) => logOdds(heads[head]))];
}

/** About -1 to 1. */
function logOdds(share: number): number {
  const bounded = Math.min(0.99, Math.max(0.01, share));
  return Math.log(bounded / (1 - bounded)) / 4.6;
}

function pairOf(look: Look, left: string, right: string): number[] {
  const [one, other] = [look(left), look(right)];
  const sure = Math.min(one.topic.confidence, other.topic.confidence);
  const areKnown = one.topic.category !== null && other.topic.category !== null;
  const isSame = one.topic.category === other.topic.category;
  return [
    areKnown && isSame ? sure : 0,
    areKnown && !isSame ? sure : 0,
    one.topic.category === null ? one.topic.confidence : 0,
    other.topic.category === null ? other.topic.confidence : 0,
    alike(left, right),
    Math.max(-1, Math.min(1, likenessOf(look.likeness, one.about, other.about) / 3)),
    ownMatter(one.reading) * ownMatter(other.reading),
  ];
}

type Around = {
  readonly index: number;
  readonly count: number;
  readonly left: string;
  readonly last: string;
  readonly next: string;
};

function shapeOf(text: string, boundary: Boundary, { index, count, left, last, next }: Around): number[] {
  return [
    Math.log1p(text.length) / 5,
    Math.log1p(left.length) / 5,
    Math.log1p(text.length - boundary.at) / 5,
    Math.log1p(last.length) / 4,
    Math.log1p(next.length) / 4,
    index / 10,
    (count - index) / 10,
    index === 0 ? 1 : 0,
    index === count - 1 ? 1 : 0,
    boundary.at === boundary.end ? 1 : 0,
    listStep(text, boundary),
  ];
}

/** The probability that words name a matter or a question of their own. */
export function ownMatter({ acts, heads }: Reading): number {
  return Math.max(heads["own-matter"], acts.inquiry, acts.suggestion);
}

/** The share of the shorter one's pairs of signs that the other has too. */
export function alike(one: string, other: string): number {
  const [first, second] = [pairsOf(one), pairsOf(other)];
  const fewest = Math.min(first.size, second.size);
  return fewest === 0 ? 0 : first.intersection(second).size / fewest;
}

function pairsOf(text: string): Set<number> {
  const pairs = new Set<number>();
  for (let at = 0; at + 2 <= text.length; at += 1) pairs.add(text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1));
  return pairs;
}

const NUMBER = /^(?:第?([一二三四五六])[是件个来则者条、,，.:：]?|其([一二三四五六])|([1-6①②③④⑤⑥]))/u;
const DIGITS = "一二三四五六123456①②③④⑤⑥";

/** Which number of a list begins here: the number over 6; 0 where none does. */
function listStep(text: string, { at }: Boundary): number {
  const match = NUMBER.exec(text.slice(at, at + 4));
  const digit = match?.[1] ?? match?.[2] ?? match?.[3];
  return digit === undefined ? 0 : ((DIGITS.indexOf(digit) % 6) + 1) / 6;
}

const COUNT =
  /[两俩二三四几2-5](?:个|件|样|桩|条|点|方面|码|句)?[^,，。;；]{0,3}(?:事|问题|情况|建议|点|方面|桩|样|件|个|家)/u;

function saysCount(beginning: string): number {
  return COUNT.test(beginning) ? 1 : 0;
}

const SEED = 0x811c9dc5;

function hashOf(kind: string, words: string): number {
  let hash = SEED;
  for (const text of [kind, words]) {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}

type Clauses = { readonly last: string; readonly next: string; readonly following: string };

function wordsAt(text: string, { end, at }: Boundary, { last, next, following }: Clauses): Uint32Array {
  const found = new Set<number>();
  const sign = text.slice(end, at).replace(/\s+/g, " ").slice(0, 3);
  const beginning = text.slice(at, at + 6).toLowerCase();
  for (let length = 1; length <= beginning.length; length += 1) found.add(hashOf("b", beginning.slice(0, length)));
  for (let length = 1; length <= Math.min(4, last.length); length += 1) found.add(hashOf("e", last.slice(-length)));
  found.add(hashOf("s", sign));
  found.add(hashOf("sb", sign + beginning.slice(0, 2)));
  found.add(hashOf("eb", last.slice(-1) + beginning.slice(0, 2)));
  found.add(hashOf("f", text.slice(0, 3)));
  addRuns(found, "n", next.slice(0, 40), [2, 3]);
  addRuns(found, "m", following.slice(next.length, next.length + 30), [2]);
  addRuns(found, "l", last.slice(-40), [2]);
  addRuns(found, "w", text.slice(0, 16), [2]);
  return Uint32Array.from(found);
}

function addRuns(found: Set<number>, kind: string, words: string, lengths: readonly number[]): void {
  for (const length of lengths) {
    for (let from = 0; from + length <= words.length; from += 1)
      found.add(hashOf(kind, words.slice(from, from + length)));
  }
}
