import { featuresOf } from "./features.ts";
import { ACTS, type Act, HEADS, type Head } from "./meaning.ts";
import { prepare } from "./prepare.ts";

/** The number of answers that the model gives: one for each act, then one for each yes-or-no question. */
export const OUTPUTS = ACTS.length + HEADS.length;

/**
 * A trained model: a linear one over the features of a text, eight bits a weight.
 *
 * `hashes` are the known features, ascending; `weights` has {@link OUTPUTS} whole numbers for each of them, which `scales` make
 * log-odds; `biases` are log-odds of a text without any known feature.
 */
export type Weights = {
  readonly hashes: Uint32Array;
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  /** Names these weights in what is recorded of a decision: the first signs of the hash of their corpus. */
  readonly name: string;
};

/** A model that is ready for use: its weights with a table that finds a feature at once. */
export type Model = Weights & { readonly slots: Int32Array };

/** The shares and log-odds that a model gives a text: each act's probability, all together 1, and each question's. */
export type Reading = {
  readonly acts: Readonly<Record<Act, number>>;
  readonly heads: Readonly<Record<Head, number>>;
};

/** A feature that spoke for or against an answer, as it stands in the text, with its weight in log-odds. */
export type Reason = { readonly sign: string; readonly weight: number };

/** Makes weights ready for use. */
export function openModel(weights: Weights): Model {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, weights.hashes.length * 2)));
  const slots = new Int32Array(size).fill(-1);
  for (const [row, hash] of weights.hashes.entries()) {
    let slot = hash & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = row;
  }
  return { ...weights, slots };
}

/** Reads a text: how probable each act is, and each yes-or-no question. @param text in which names of people are one word */
export function readWith(model: Model, text: string): Reading {
  const scores = scoresOf(model, prepare(text));
  const acts = softmax(scores.subarray(0, ACTS.length));
  return {
    acts: Object.fromEntries(ACTS.map((act, index) => [act, acts[index] ?? 0])) as Record<Act, number>,
    heads: Object.fromEntries(
      HEADS.map((head, index) => [head, 1 / (1 + Math.exp(-(scores[ACTS.length + index] ?? 0)))]),
    ) as Record<Head, number>,
  };
}

/** The features of a text that spoke most for an answer, strongest first. @param most at most so many */
export function reasonsFor(model: Model, text: string, answer: Act | Head, most = 5): Reason[] {
  const output = outputOf(answer);
  const { hashes, shown } = featuresOf(prepare(text));
  const value = shareOfEach(hashes.length);
  return hashes
    .flatMap((hash, index) => {
      const row = rowOf(model, hash);
      if (row < 0) return [];
      const weight = (model.weights[row * OUTPUTS + output] ?? 0) * (model.scales[output] ?? 0) * value;
      return weight > 0 ? [{ sign: shown(index), weight: Math.round(weight * 100) / 100 }] : [];
    })
    .sort((a, b) => b.weight - a.weight || (a.sign < b.sign ? -1 : 1))
    .slice(0, most);
}

function outputOf(answer: Act | Head): number {
  const answers: readonly (Act | Head)[] = [...ACTS, ...HEADS];
  return answers.indexOf(answer);
}

/** The value of each feature of a text: less in a long text, which has more of them. */
export function shareOfEach(features: number): number {
  return features === 0 ? 0 : 4 / Math.sqrt(features);
}

function scoresOf(model: Model, prepared: string): Float64Array {
  const { hashes } = featuresOf(prepared);
  const sums = new Float64Array(OUTPUTS);
  for (const hash of hashes) {
    const row = rowOf(model, hash);
    if (row < 0) continue;
    const from = row * OUTPUTS;
    for (let output = 0; output < OUTPUTS; output += 1) {
      sums[output] = (sums[output] ?? 0) + (model.weights[from + output] ?? 0);
    }
  }
  const value = shareOfEach(hashes.length);
  return sums.map((sum, output) => sum * value * (model.scales[output] ?? 0) + (model.biases[output] ?? 0));
}

function rowOf({ slots, hashes }: Model, hash: number): number {
  const last = slots.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const row = slots[slot] ?? -1;
    if (row < 0 || hashes[row] === hash) return row;
  }
}

/** Log-odds made shares of 1. */
export function softmax(scores: Float64Array): Float64Array {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const whole = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / whole);
}
