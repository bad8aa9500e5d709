import type { Reach } from "../categories/trouble-sign.ts";
import { signOf } from "../categories/trouble-signs.ts";
import { mayBeOnePlace, type Spots } from "../place/spots.ts";
import { remembering } from "../text/words.ts";

/** The mark of a case: the sign of its trouble, and where that is; by these alone cases are found to be about one matter. */
export type Mark = {
  /** The number of the case. */
  readonly number: string;
  /** Whoever reported it, under any name that is the same for the same person. */
  readonly person: string;
  /** The deputy who has it; null for the office. */
  readonly deputy: string | null;
  /** Null where it tells of no trouble that others may have too. */
  readonly sign: string | null;
  readonly grid: string | null;
  readonly spots: Spots;
  /** The first case whose text was pasted here; null where it was not. */
  readonly pastedFrom: string | null;
  readonly at: Date;
};

/** The part of a mark that says of what and where it is. */
export type MarkedMatter = Pick<Mark, "sign" | "grid" | "spots" | "pastedFrom">;

const HOUR_MS = 3_600_000;
/** The time for which a matter is looked for again after it was told. */
export const ALIKE_MS = 7 * 24 * HOUR_MS;
/** From so many people on a deputy is asked whether it is one matter. */
const OFFERED_FROM = 3;
/** From so many people within a day on it is one matter without asking. */
const JOINED_FROM = 5;
const JOINED_WITHIN_MS = 24 * HOUR_MS;

/** Whether two marks are of one matter: the same pasted text, or the same trouble of the same place, as far as that kind of trouble reaches. */
export function isSameMatter(one: MarkedMatter, other: MarkedMatter): boolean {
  if (one.pastedFrom !== null && one.pastedFrom === other.pastedFrom) return true;
  if (one.sign === null || one.grid === null || one.sign !== other.sign || one.grid !== other.grid) return false;
  const reach = signOf(one.sign)?.reach;
  return reach !== undefined && mayBeOnePlace(one.spots, other.spots) && namesAsMuch(reach, one.spots, other.spots);
}

/** Whether both name the building of a trouble that reaches no farther, and neither names a road that the other leaves open. */
function namesAsMuch(reach: Reach, one: Spots, other: Spots): boolean {
  switch (reach) {
    case "building":
      return one.building !== undefined && other.building !== undefined;
    case "road":
      return (one.road === undefined) === (other.road === undefined);
    case "area":
    case "school":
      return true;
  }
}

/** A group of cases about one matter, oldest first. */
export type Alike = { readonly marks: readonly Mark[]; readonly people: number; readonly isSure: boolean };

/**
 * Gathers the marks of cases that are about one matter and were told by several people.
 *
 * A mark that fits two groups belongs to neither: 停水 without an estate may be of each of two.
 * @param marks of the last {@link ALIKE_MS}, oldest first, of cases that belong to nothing yet
 */
export function gatherAlike(marks: readonly Mark[]): readonly Alike[] {
  const groups: Mark[][] = [];
  const open: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => namedOf(b) - namedOf(a) || a.at.getTime() - b.at.getTime())) {
    const fitting = groups.filter(
      ([first, ...more]) => first?.deputy === mark.deputy && [first, ...more].every((one) => isSameMatter(one, mark)),
    );
    if (fitting.length === 1) fitting[0]?.push(mark);
    else if (fitting.length === 0) groups.push([mark]);
    else open.push(mark);
  }
  return groups
    .map((group) => group.toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    .map((group) => ({ marks: group, people: peopleIn(group), isSure: isSureOf(group) }))
    .filter(({ people }) => people >= OFFERED_FROM);
}

function namedOf({ spots }: Mark): number {
  return Object.keys(spots).length;
}

/** The number of different people behind some marks. */
export function peopleIn(marks: readonly Pick<Mark, "person">[]): number {
  return new Set(marks.map(({ person }) => person)).size;
}

function isSureOf(group: readonly Mark[]): boolean {
  return group.some(({ at }) => {
    const within = group.filter((one) => {
      const apart = one.at.getTime() - at.getTime();
      return apart >= 0 && apart <= JOINED_WITHIN_MS;
    });
    return peopleIn(within) >= JOINED_FROM;
  });
}

/** The spots that all of some marks may share: whatever any of them names. */
export function spotsOfAll(marks: readonly Pick<Mark, "spots">[]): Spots {
  return Object.assign({}, ...marks.toReversed().map(({ spots }) => spots));
}

/** The signs of a text that are run together in fives; by them pasted texts are found. */
const RUN = 5;
/** A shorter text may be alike by chance: it counts as pasted only where it is the same letter for letter. */
const SHORTEST_PASTED = 30;
/** A still shorter text may be the same by chance. */
const SHORTEST_SAME = 12;
const PASTED = 0.8;

/**
 * Whether one text was pasted from another: four fifths of the runs of five signs of the shorter stand in the longer, or a short text
 * is the same. For nothing else are letters compared.
 */
export function isPasted(one: string, other: string): boolean {
  const [shorter, longer] = [one, other].map(lettersOf).toSorted((a, b) => a.length - b.length);
  if (shorter === undefined || longer === undefined || shorter.length < SHORTEST_SAME) return false;
  if (shorter.length < SHORTEST_PASTED) return shorter === longer;
  const runs = runsOf(shorter);
  let missing = 0;
  for (const run of runs) {
    if (longer.includes(run)) continue;
    missing += 1;
    if ((runs.size - missing) / runs.size < PASTED) return false;
  }
  return true;
}

/** So many hashes stand for a text. */
const SKETCH = 8;

/**
 * The least hashes of the runs of a text; of a short one that of the whole, of a very short one none. Texts that share none of theirs are
 * not pasted from each other.
 */
export function sketchOf(text: string): string[] {
  const letters = lettersOf(text);
  if (letters.length < SHORTEST_SAME) return [];
  if (letters.length < SHORTEST_PASTED) return [`=${hashOf(letters).toString(36)}`];
  return [...runsOf(letters)]
    .map(hashOf)
    .toSorted((a, b) => a - b)
    .slice(0, SKETCH)
    .map((hash) => hash.toString(36));
}

function hashOf(run: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < run.length; at += 1) hash = Math.imul(hash ^ run.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const lettersOf = remembering((text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, ""));

function runsOf(letters: string): Set<string> {
  const runs = new Set<string>();
  for (let from = 0; from + RUN <= letters.length; from += 1) runs.add(letters.slice(from, from + RUN));
  return runs;
}
