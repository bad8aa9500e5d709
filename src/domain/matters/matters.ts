import { type Boundary, boundariesIn } from "./boundaries.ts";
import { listedCuts } from "./listed.ts";
import { chance, type Network } from "./network.ts";
import { ownMatter, signsAt, type Telling } from "./signs.ts";

/** The chances from which on a text is cut, or a message taken for another matter than the one before. */
export type MatterThresholds = { readonly cut: number; readonly doubt: number };

/** A reader that tells matters apart: the network, the thresholds that were fitted for it, and what it looks at. */
export type MatterReader = {
  readonly network: Network;
  readonly thresholds: MatterThresholds;
  readonly telling: Telling;
};

/** The matters of one text, each in its own words, in order; one where it is not sure that there are several. `isDoubtful`: there may be several. */
export type Matters = { readonly parts: readonly string[]; readonly isDoubtful: boolean };

/** A text becomes at most so many cases; the last has the rest. */
const MOST_MATTERS = 6;
/** Below this share a part names no matter or question of its own. */
const NAMES_ONE = 0.3;
const LONGEST_BEFORE = 120;
/** The mark of an item in a list is no longer: what begins so near to an item begins with it. */
const LONGEST_MARK = 6;
const EDGES = /^[\s\p{P}\p{S}]+|[\s、,，;；:：（(]+$/gu;

/** Tells the matters of a text apart where it is sure that there are several; a text is never shortened but by the signs between its parts. */
export function mattersIn(text: string, { network, thresholds, telling }: MatterReader): Matters {
  const boundaries = boundariesIn(text);
  const listed = listedCuts(text, telling).map((at): Boundary => ({ end: at, at }));
  const whole: Matters = { parts: [text], isDoubtful: false };
  if (boundaries.length + listed.length === 0) return whole;
  const chances = signsAt(text, boundaries, telling).map((signs) => chance(network, signs));
  const isDoubtful = chances.some((one) => one >= thresholds.doubt);
  const learned = boundaries.filter(
    ({ at }, index) =>
      (chances[index] ?? 0) >= thresholds.cut && listed.every((item) => Math.abs(item.at - at) > LONGEST_MARK),
  );
  const cuts = [...listed, ...learned].toSorted((one, other) => one.at - other.at).slice(0, MOST_MATTERS - 1);
  if (cuts.length === 0) return { ...whole, isDoubtful };
  const starts = [0, ...cuts.map(({ at }) => at)];
  const parts = starts.map((start, index) => text.slice(start, cuts[index]?.end).replace(EDGES, ""));
  const areAllMatters = parts.every((part) => ownMatter(telling.read(part)) >= NAMES_ONE);
  return areAllMatters ? { parts, isDoubtful } : { ...whole, isDoubtful };
}

/** From this chance on a message is another matter than the one right before it: a case too many costs less than a cut that tears one. */
const ANOTHER = 0.5;

/** Words that say outright that something else follows. */
const SAYS_ANOTHER =
  /^[\s\p{P}]*(?:另外|还有|再说|再反映|再讲|再有|另)(?:的)?(?:一|个|两)?(?:件|个|桩|码)(?:别的|其他的?)?(?:事|问题|情况)|^[\s\p{P}]*another (?:matter|thing|issue|problem)\b/iu;

/**
 * Whether words, said in a message of their own, begin another matter than those that were said before.
 * @param isLater they were not said in the same breath, so that hardly anybody goes on without saying so
 */
export function isAnotherMatter(
  before: string,
  text: string,
  { network, thresholds, telling }: MatterReader,
  isLater: boolean,
): boolean {
  const earlier = before.slice(-LONGEST_BEFORE);
  if (earlier === "" || ownMatter(telling.read(text)) < NAMES_ONE) return false;
  if (SAYS_ANOTHER.test(text)) return true;
  const together = `${earlier}\n${text}`;
  const boundaries = boundariesIn(together);
  const index = boundaries.findIndex(({ at }) => at > earlier.length);
  const signs = signsAt(together, boundaries, telling)[index];
  return signs !== undefined && chance(network, signs) >= (isLater ? thresholds.doubt : ANOTHER);
}
