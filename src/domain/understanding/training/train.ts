import { featuresOf } from "../features.ts";
import { ACTS, type Act, HEADS, type Head } from "../meaning.ts";
import { OUTPUTS, shareOfEach, softmax, type Weights } from "../model.ts";
import { prepare } from "../prepare.ts";

/** A labelled text: its act, the other acts that are right as well, and the questions that are answered with yes. */
export type Labelled = {
  readonly text: string;
  readonly act: Act;
  readonly also: readonly Act[];
  readonly heads: readonly Head[];
  /** How much the text counts, 1 for most. */
  readonly weight: number;
};

const EPOCHS = 12;
/** So often all features are learned from before the strongest are chosen. */
const EPOCHS_TO_CHOOSE = 4;
/** The weights are the mean of those after each of the last epochs. */
const AVERAGED = 4;
const RATE = 0.25;
const SHRINK = 1e-5;
/** A feature that fewer texts have could tell who wrote, and tells little of what is meant. */
const FEWEST_TEXTS = 3;
/** So many features are kept: what hardly says anything only costs room. */
const MOST_FEATURES = 56_000;
/** Another act that is right as well counts half of the act itself. */
const ALSO = 0.5;
/** Rare acts count more, but not as much more as they are rarer. */
const BALANCE = 0.3;
/** Below this a gradient changes nothing that eight bits could show. */
const NEGLIGIBLE = 1e-3;
const SEED = 20_261_129;

/** A row ready for training: its features by index, what they count, and what the outputs should be. */
type Row = {
  readonly features: Int32Array;
  readonly value: number;
  readonly wanted: Float32Array;
  readonly weight: number;
};

/**
 * Trains a model: multinomial logistic regression for the acts and logistic regression for each question, by Adagrad.
 *
 * The same rows in the same order give the same weights, byte for byte, on the same Node.
 */
export function train(labelled: readonly Labelled[], name: string): Weights {
  const read = labelled.map((one) => featuresOf(prepare(one.text)));
  const hashes = vocabularyOf(read);
  const index = new Map([...hashes].map((hash, row) => [hash, row]));
  const counts = new Map<Act, number>();
  for (const one of labelled) counts.set(one.act, (counts.get(one.act) ?? 0) + 1);
  const mean = labelled.length / Math.max(1, counts.size);
  const rows = labelled.map((one, at): Row => {
    const found = read[at] ?? new Uint32Array();
    return {
      features: Int32Array.from([...found].flatMap((hash) => index.get(hash) ?? [])),
      value: shareOfEach(found.length),
      wanted: wantedOf(one),
      weight: one.weight * (mean / (counts.get(one.act) ?? 1)) ** BALANCE,
    };
  });
  const kept = hashes.length <= MOST_FEATURES ? [...hashes.keys()] : strongest(rows, hashes.length);
  const { weights, biases } = descend(rowsWith(kept, rows), kept.length, EPOCHS);
  return { hashes: Uint32Array.from(kept, (row) => hashes[row] ?? 0), ...rounded(weights, kept.length), biases, name };
}

/**
 * The features that say most, in their order. The others are not only left out afterwards: what they said must be learned by those
 * that are kept.
 */
function strongest(rows: readonly Row[], features: number): number[] {
  const { weights } = descend(rows, features, EPOCHS_TO_CHOOSE);
  const strengths = Float32Array.from({ length: features }, (_, row) =>
    weights.subarray(row * OUTPUTS, (row + 1) * OUTPUTS).reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  );
  const least = strengths.toSorted().at(-MOST_FEATURES) ?? 0;
  return [...strengths.keys()].filter((row) => (strengths[row] ?? 0) >= least).slice(0, MOST_FEATURES);
}

function rowsWith(kept: readonly number[], rows: readonly Row[]): Row[] {
  const index = new Map(kept.map((feature, at) => [feature, at]));
  return rows.map((row) => ({
    ...row,
    features: Int32Array.from([...row.features].flatMap((feature) => index.get(feature) ?? [])),
  }));
}

function vocabularyOf(read: readonly Uint32Array[]): Uint32Array {
  const counts = new Map<number, number>();
  for (const hashes of read) for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return Uint32Array.from([...counts].flatMap(([hash, count]) => (count >= FEWEST_TEXTS ? [hash] : []))).sort();
}

function wantedOf({ act, also, heads }: Labelled): Float32Array {
  const wanted = new Float32Array(OUTPUTS);
  const whole = 1 + ALSO * also.length;
  for (const one of also) wanted[ACTS.indexOf(one)] = ALSO / whole;
  wanted[ACTS.indexOf(act)] = 1 / whole;
  for (const head of heads) wanted[ACTS.length + HEADS.indexOf(head)] = 1;
  return wanted;
}

function descend(
  rows: readonly Row[],
  features: number,
  epochs: number,
): { weights: Float32Array; biases: Float32Array } {
  const state = {
    weights: new Float32Array(features * OUTPUTS),
    squares: new Float32Array(features * OUTPUTS),
    biases: new Float32Array(OUTPUTS),
    biasSquares: new Float32Array(OUTPUTS),
  };
  const mean = { weights: new Float32Array(features * OUTPUTS), biases: new Float32Array(OUTPUTS) };
  const order = rows.map((_, index) => index);
  const random = randomOf(SEED);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const row = rows[at];
      if (row !== undefined) step(state, row);
    }
    if (epoch >= epochs - AVERAGED) {
      addTo(mean.weights, state.weights);
      addTo(mean.biases, state.biases);
    }
  }
  return { weights: mean.weights.map((sum) => sum / AVERAGED), biases: mean.biases.map((sum) => sum / AVERAGED) };
}

type State = {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly biases: Float32Array;
  readonly biasSquares: Float32Array;
};

function step({ weights, squares, biases, biasSquares }: State, row: Row): void {
  const scores = Float64Array.from(biases);
  for (const feature of row.features) {
    for (let output = 0, at = feature * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      scores[output] = (scores[output] ?? 0) + (weights[at] ?? 0) * row.value;
    }
  }
  const shares = softmax(scores.subarray(0, ACTS.length));
  const moved: number[] = [];
  for (let output = 0; output < OUTPUTS; output += 1) {
    const said = output < ACTS.length ? (shares[output] ?? 0) : 1 / (1 + Math.exp(-(scores[output] ?? 0)));
    const slope = (said - (row.wanted[output] ?? 0)) * row.weight;
    scores[output] = slope;
    if (Math.abs(slope) >= NEGLIGIBLE) moved.push(output);
  }
  for (const output of moved) {
    const slope = scores[output] ?? 0;
    biasSquares[output] = (biasSquares[output] ?? 0) + slope * slope;
    biases[output] = (biases[output] ?? 0) - (RATE * slope) / Math.sqrt((biasSquares[output] ?? 0) + 1e-6);
    const pull = slope * row.value;
    for (const feature of row.features) {
      const at = feature * OUTPUTS + output;
      const weight = weights[at] ?? 0;
      const gradient = pull + SHRINK * weight;
      const square = (squares[at] ?? 0) + gradient * gradient;
      squares[at] = square;
      weights[at] = weight - (RATE * gradient) / Math.sqrt(square + 1e-6);
    }
  }
}

/** Weights in eight bits, each output with a scale of its own. */
function rounded(weights: Float32Array, features: number): Pick<Weights, "weights" | "scales"> {
  const most = new Float32Array(OUTPUTS);
  for (const [at, weight] of weights.entries()) {
    most[at % OUTPUTS] = Math.max(most[at % OUTPUTS] ?? 0, Math.abs(weight));
  }
  const scales = most.map((one) => (one === 0 ? 1 : one / 127));
  const small = new Int8Array(features * OUTPUTS);
  for (const [at, weight] of weights.entries()) small[at] = Math.round(weight / (scales[at % OUTPUTS] ?? 1));
  return { weights: small, scales };
}

function addTo(sums: Float32Array, values: Float32Array): void {
  for (const [at, value] of values.entries()) sums[at] = (sums[at] ?? 0) + value;
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}

/** Numbers of 0 to 1 from a seed (mulberry32): training must give the same weights each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
