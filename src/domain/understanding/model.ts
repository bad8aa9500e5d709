import { featuresOf, shownFeaturesOf } from "./features.ts";
import { ACTS, type Act, HEADS, type Head } from "./meaning.ts";
import { prepare, READ_LENGTH } from "./prepare.ts";

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

/** Parts of a long text overlap, so that no sentence is cut in both, and only so much is read: the time stays bounded. */
const STEP = READ_LENGTH - 80;
const LONGEST_READ = 2_400;

/**
 * Reads a text: how probable each act is, and each yes-or-no question.
 *
 * A long text is read in parts: its act is that of its beginning, and what any part answers with yes is so of the whole, for a
 * danger may stand behind a long story.
 * @param text in which names of people are one word
 */
export function readWith(model: Model, text: string): Reading {
  const { acts, heads } = readPart(model, text);
  for (let from = STEP; from + READ_LENGTH - STEP < Math.min(text.length, LONGEST_READ); from += STEP) {
    const part = readPart(model, text.slice(from, from + READ_LENGTH));
    for (const head of HEADS) heads[head] = Math.max(heads[head], part.heads[head]);
  }
  return { acts, heads };
}

function readPart(
  model: Model,
  text: string,
): { readonly acts: Record<Act, number>; readonly heads: Record<Head, number> } {
  const scores = scoresOf(model, prepare(text));
  const shares = softmax(scores.subarray(0, ACTS.length));
  const acts: Partial<Record<Act, number>> = {};
  for (let output = 0; output < ACTS.length; output += 1) acts[ACTS[output] as Act] = shares[output] ?? 0;
  const heads: Partial<Record<Head, number>> = {};
  for (let output = 0; output < HEADS.length; output += 1) {
    heads[HEADS[output] as Head] = 1 / (1 + Math.exp(-(scores[ACTS.length + output] ?? 0)));
  }
  return { acts: acts as Record<Act, number>, heads: heads as Record<Head, number> };
}

/** The features of a text that spoke most for an answer, strongest first. @param most at most so many */
export function reasonsFor(model: Model, text: string, answer: Act | Head, most = 5): Reason[] {
  const output = outputOf(answer);
  const prepared = prepare(text);
  const features = featuresOf(prepared);
  const shown = shownFeaturesOf(prepared);
  const value = shareOfEach(features.length) * (model.scales[output] ?? 0);
  const spoke: { readonly index: number; readonly weight: number }[] = [];
  for (const [index, hash] of features.entries()) {
    const row = rowOf(model, hash);
    const weight = row < 0 ? 0 : (model.weights[row * OUTPUTS + output] ?? 0) * value;
    if (weight > 0) spoke.push({ index, weight: Math.round(weight * 100) / 100 });
  }
  const least = spoke.map((one) => one.weight).sort((a, b) => b - a)[most - 1] ?? 0;
  return spoke
    .flatMap(({ index, weight }) => (weight >= least ? [{ sign: shown(index), weight }] : []))
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

/** The sums of the weights at hand, in whole numbers; used again for each text. */
const sums = new Int32Array(OUTPUTS);

function scoresOf(model: Model, prepared: string): Float64Array {
  const features = featuresOf(prepared);
  const { weights, scales, biases } = model;
  sums.fill(0);
  for (let index = 0; index < features.length; index += 1) {
    const row = rowOf(model, features[index] ?? 0);
    if (row < 0) continue;
    for (let output = 0, at = row * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      sums[output] = (sums[output] ?? 0) + (weights[at] ?? 0);
    }
  }
  const value = shareOfEach(features.length);
  const scores = new Float64Array(OUTPUTS);
  for (let output = 0; output < OUTPUTS; output += 1) {
    scores[output] = (sums[output] ?? 0) * value * (scales[output] ?? 0) + (biases[output] ?? 0);
  }
  return scores;
}

function rowOf(model: Model, hash: number): number {
  const { slots, hashes } = model;
  const last = slots.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const row = slots[slot] ?? -1;
    if (row < 0 || hashes[row] === hash) return row;
  }
}

/** Log-odds made shares of 1. */
export function softmax(scores: Float64Array): Float64Array {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  const shares = new Float64Array(scores.length);
  let whole = 0;
  for (let index = 0; index < scores.length; index += 1) {
    const power = Math.exp((scores[index] ?? 0) - most);
    shares[index] = power;
    whole += power;
  }
  for (let index = 0; index < shares.length; index += 1) shares[index] = (shares[index] ?? 0) / whole;
  return shares;
}
