import { OPENS } from "../costs.ts";
import { featuresOf } from "../features.ts";
import { headsOf } from "../marks.ts";
import { ACTS, type Act, DANGER_KINDS, HEADS, type Head } from "../meaning.ts";
import { type Layer, OUTPUTS, type Reading, shareOfEach, softmax } from "../model.ts";
import { type Thresholds, YES } from "../policy.ts";
import { prepare } from "../prepare.ts";
import type { Reader } from "../reader.ts";

/** A lesson: masked words of somebody, with the label in which two people agree. */
export type Lesson = {
  readonly text: string;
  readonly act: Act;
  readonly marks: readonly string[];
  /** Whose words they are. */
  readonly person: string;
};

/** The result of learning from lessons: the layer, and of how many rows and people. */
export type Learned = { readonly layer: Layer; readonly rows: number; readonly people: number };

/** What somebody must see to: a layer may be kept from ever speaking against it. */
const OF_SAFETY: ReadonlySet<Head> = new Set(["danger", "accuses", "tells-on", ...DANGER_KINDS]);

/** So many rows of one person count at most: nobody teaches an office by repetition. */
const MOST_OF_ONE = 5;
/** A feature that fewer people have used says who wrote rather than what is meant. */
export const FEWEST_PEOPLE = 5;
/** A layer has so many features at most. */
const MOST_FEATURES = 2_000;
const ROUNDS = 40;
const RATE = 0.1;
/** Pulls weights back to zero, so that few lessons say little. */
const SHRINK = 0.02;
/** No feature says more than this by itself, in log-odds. */
const MOST_WEIGHT = 2;

/** A lesson ready for learning: what the shipped weights say of it, its features by index, and what should be said. */
type Row = {
  readonly base: Float64Array;
  readonly features: readonly number[];
  readonly value: number;
  readonly wanted: Float64Array;
  /** 0 for a question of which the label says nothing, or that is answered rightly without the layer. */
  readonly counts: Float64Array;
};

/**
 * Learns a county's layer: the log-odds that must be added to what a reader says, so that the lessons come out as their labels,
 * by as little as will do. The same lessons in the same order give the same layer.
 *
 * @param lessons newest first: of one person only the first five count
 * @param reader without a layer
 * @param maySoften whether lessons may also speak against dangers and accusations that were seen where there were none
 * @returns null where no feature is in the words of five people
 */
export function learnLayer(
  lessons: readonly Lesson[],
  reader: Pick<Reader, "read" | "thresholds">,
  maySoften: boolean,
): Learned | null {
  const taken = [...Map.groupBy(lessons, ({ person }) => person).values()].flatMap((rows) =>
    rows.slice(0, MOST_OF_ONE),
  );
  const read = taken.map(({ text }) => featuresOf(prepare(text)));
  const known = sharedFeatures(taken, read);
  if (known.length === 0) return null;
  const given = taken.map((lesson, at) => rowOf(lesson, read[at] ?? new Uint32Array(), reader, maySoften));
  const all = solve(rowsWith(known, given), known.length);
  const kept = known.length <= MOST_FEATURES ? known : strongest(known, all);
  const weights = kept === known ? all : solve(rowsWith(kept, given), kept.length);
  return {
    layer: { hashes: Uint32Array.from(kept), weights },
    rows: taken.length,
    people: new Set(taken.map(({ person }) => person)).size,
  };
}

/** The features that enough people have used, ascending. */
function sharedFeatures(lessons: readonly Lesson[], read: readonly Uint32Array[]): number[] {
  const people = new Map<number, Set<string>>();
  for (const [at, hashes] of read.entries()) {
    for (const hash of hashes) {
      const those = people.get(hash) ?? new Set();
      people.set(hash, those.add(lessons[at]?.person ?? ""));
    }
  }
  return [...people].flatMap(([hash, those]) => (those.size >= FEWEST_PEOPLE ? [hash] : [])).sort((a, b) => a - b);
}

function strongest(known: readonly number[], weights: Float32Array): number[] {
  const strengths = known.map((hash, row) => ({
    hash,
    strength: weights
      .subarray(row * OUTPUTS, (row + 1) * OUTPUTS)
      .reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  }));
  return strengths
    .sort((a, b) => b.strength - a.strength || a.hash - b.hash)
    .slice(0, MOST_FEATURES)
    .map(({ hash }) => hash)
    .sort((a, b) => a - b);
}

type Given = Omit<Row, "features"> & { readonly hashes: Uint32Array };

function rowsWith(known: readonly number[], rows: readonly Given[]): Row[] {
  const index = new Map(known.map((hash, row) => [hash, row]));
  return rows.map((row) => ({ ...row, features: [...row.hashes].flatMap((hash) => index.get(hash) ?? []) }));
}

function rowOf(
  { text, act, marks }: Lesson,
  hashes: Uint32Array,
  reader: Pick<Reader, "read" | "thresholds">,
  maySoften: boolean,
): Given {
  const reading = reader.read(text);
  const heads = headsOf(marks);
  const wanted = new Float64Array(OUTPUTS);
  const counts = new Float64Array(OUTPUTS).fill(1);
  wanted[ACTS.indexOf(act)] = 1;
  for (const [index, head] of HEADS.entries()) {
    const isWanted = heads.includes(head);
    // Whoever labels a matter need not say that it names one.
    const isSilent = head === "own-matter" && OPENS.includes(act);
    const isKept = OF_SAFETY.has(head) && !maySoften;
    const isLeft =
      (!isWanted && (isSilent || isKept)) || isRight(head, reading.heads[head], isWanted, reader.thresholds);
    wanted[ACTS.length + index] = Number(isWanted);
    counts[ACTS.length + index] = Number(!isLeft);
  }
  return { base: scoresIn(reading), hashes, value: shareOfEach(hashes.length), wanted, counts };
}

/**
 * Whether a question is answered rightly without the layer, which then leaves it alone: lessons about thanks must not make the
 * service deaf to dangers.
 */
function isRight(head: Head, share: number, isWanted: boolean, at: Thresholds): boolean {
  if (head === "danger") return isWanted ? share >= at.card : share < at.line;
  if (head === "accuses") return isWanted ? share >= at.sealed : share < at.officeFirst;
  return isWanted === share >= (head === "tells-on" ? at.tellsOn : YES);
}

/** The log-odds behind a reading; of the acts up to one number that they share. */
function scoresIn({ acts, heads }: Reading): Float64Array {
  const within = (share: number) => Math.min(Math.max(share, 1e-9), 1 - 1e-9);
  return Float64Array.from([
    ...ACTS.map((act) => Math.log(within(acts[act]))),
    ...HEADS.map((head) => Math.log(within(heads[head]) / (1 - within(heads[head])))),
  ]);
}

/** Logistic regression over what the shipped weights say already, all rows at once, by Adagrad. */
function solve(rows: readonly Row[], features: number): Float32Array {
  const weights = new Float64Array(features * OUTPUTS);
  const squares = new Float64Array(features * OUTPUTS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = weights.map((weight) => SHRINK * weight);
    for (const row of rows) addSlopes(slopes, weights, row);
    for (const [at, slope] of slopes.entries()) {
      if (slope === 0) continue;
      const square = (squares[at] ?? 0) + slope * slope;
      squares[at] = square;
      const moved = (weights[at] ?? 0) - (RATE * slope) / Math.sqrt(square + 1e-6);
      weights[at] = Math.min(Math.max(moved, -MOST_WEIGHT), MOST_WEIGHT);
    }
  }
  return Float32Array.from(weights);
}

function addSlopes(slopes: Float64Array, weights: Float64Array, { base, features, value, wanted, counts }: Row): void {
  const scores = Float64Array.from(base);
  for (const feature of features) {
    for (let output = 0, at = feature * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      scores[output] = (scores[output] ?? 0) + (weights[at] ?? 0) * value;
    }
  }
  const shares = softmax(scores.subarray(0, ACTS.length));
  for (let output = 0; output < OUTPUTS; output += 1) {
    const said = output < ACTS.length ? (shares[output] ?? 0) : 1 / (1 + Math.exp(-(scores[output] ?? 0)));
    const pull = (said - (wanted[output] ?? 0)) * (counts[output] ?? 0) * value;
    for (const feature of features) {
      const at = feature * OUTPUTS + output;
      slopes[at] = (slopes[at] ?? 0) + pull;
    }
  }
}
