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

/** A table that finds the row of a feature at once, by its hash. */
type Table = { readonly hashes: Uint32Array; readonly slots: Int32Array };

/**
 * A county's own addition to a model, in log-odds: `hashes` are its features, ascending, `weights` has {@link OUTPUTS} numbers for
 * each of them.
 */
export type Layer = {
  readonly hashes: Uint32Array;
  readonly weights: Float32Array;
};

/** A model that is ready for use: its weights with a table that finds a feature at once, and what a county adds; null for nothing. */
export type Model = Weights & Table & { readonly layer: (Layer & Table) | null };

/** The shares and log-odds that a model gives a text: each act's probability, all together 1, and each question's. */
export type Reading = {
  readonly acts: Readonly<Record<Act, number>>;
  readonly heads: Readonly<Record<Head, number>>;
};

/**
 * A feature that spoke for or against an answer, as it stands in the text, with its weight in log-odds; `ofLayer` is the part of it
 * that a county's layer adds, left out where it adds nothing.
 */
export type Reason = { readonly sign: string; readonly weight: number; readonly ofLayer?: number };

/** Makes weights ready for use. */
export function openModel(weights: Weights): Model {
  return { ...weights, slots: slotsOf(weights.hashes), layer: null };
}

/** A model with a county's layer in place of the one that it had. */
export function withLayer(model: Model, layer: Layer): Model {
  return { ...model, layer: { ...layer, slots: slotsOf(layer.hashes) } };
}

function slotsOf(hashes: Uint32Array): Int32Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, hashes.length * 2)));
  const slots = new Int32Array(size).fill(-1);
  for (const [row, hash] of hashes.entries()) {
    let slot = hash & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = row;
  }
  return slots;
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
  const share = shareOfEach(features.length);
  const value = share * (model.scales[output] ?? 0);
  const spoke: { readonly index: number; readonly weight: number; readonly added: number }[] = [];
  for (const [index, hash] of features.entries()) {
    const row = rowOf(model, hash);
    const added = layerWeight(model.layer, hash, output) * share;
    const weight = (row < 0 ? 0 : (model.weights[row * OUTPUTS + output] ?? 0) * value) + added;
    if (weight > 0) spoke.push({ index, weight: hundredths(weight), added: hundredths(added) });
  }
  const least = spoke.map((one) => one.weight).sort((a, b) => b - a)[most - 1] ?? 0;
  return spoke
    .flatMap(({ index, weight, added }): Reason[] =>
      weight >= least ? [{ sign: shown(index), weight, ...(added !== 0 && { ofLayer: added }) }] : [],
    )
    .sort((a, b) => b.weight - a.weight || (a.sign < b.sign ? -1 : 1))
    .slice(0, most);
}

function hundredths(weight: number): number {
  return Math.round(weight * 100) / 100;
}

function layerWeight(layer: Model["layer"], hash: number, output: number): number {
  const row = layer === null ? -1 : rowOf(layer, hash);
  return row < 0 ? 0 : (layer?.weights[row * OUTPUTS + output] ?? 0);
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
  const { weights, scales, biases, layer } = model;
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
  if (layer !== null) addLayer(scores, layer, features, value);
  return scores;
}

function addLayer(scores: Float64Array, layer: Layer & Table, features: Uint32Array, value: number): void {
  const { weights } = layer;
  for (let index = 0; index < features.length; index += 1) {
    const row = rowOf(layer, features[index] ?? 0);
    if (row < 0) continue;
    for (let output = 0, at = row * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      scores[output] = (scores[output] ?? 0) + (weights[at] ?? 0) * value;
    }
  }
}

function rowOf({ slots, hashes }: Table, hash: number): number {
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
