import { type FeatureTable, rowOf, rowsOf, tableOf } from "./feature-table.ts";
import { featuresAtHand, featuresOf, shownFeaturesOf } from "./features.ts";
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

/**
 * A county's own addition to a model, in log-odds: `hashes` are its features, ascending, `weights` has {@link OUTPUTS} numbers for
 * each of them.
 */
export type Layer = {
  readonly hashes: Uint32Array;
  readonly weights: Float32Array;
};

type WithTable = { readonly table: FeatureTable };

/** A model that is ready for use: its weights with a table of its features, and what a county adds; null for nothing. */
export type Model = Weights & WithTable & { readonly layer: (Layer & WithTable) | null };

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
  return { ...weights, table: tableOf(weights.hashes), layer: null };
}

/** A model with a county's layer in place of the one that it had. */
export function withLayer(model: Model, layer: Layer): Model {
  return { ...model, layer: { ...layer, table: tableOf(layer.hashes) } };
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

/** Reads how probable the answer yes to one question of a text is: the same as {@link readWith}, without the other answers. */
export function shareWith(model: Model, text: string, head: Head): number {
  const output = ACTS.length + HEADS.indexOf(head);
  let most = logistic(scoreOf(model, prepare(text), output));
  for (let from = STEP; from + READ_LENGTH - STEP < Math.min(text.length, LONGEST_READ); from += STEP) {
    most = Math.max(most, logistic(scoreOf(model, prepare(text.slice(from, from + READ_LENGTH)), output)));
  }
  return most;
}

function readPart(
  model: Model,
  text: string,
): { readonly acts: Record<Act, number>; readonly heads: Record<Head, number> } {
  const scores = scoresOf(model, prepare(text));
  const shares = softmax(scores.subarray(0, ACTS.length));
  const acts = { ...NO_ACTS };
  for (let output = 0; output < ACTS.length; output += 1) acts[ACTS[output] as Act] = shares[output] ?? 0;
  const heads = { ...NO_HEADS };
  for (let output = 0; output < HEADS.length; output += 1) {
    heads[HEADS[output] as Head] = logistic(scores[ACTS.length + output] ?? 0);
  }
  return { acts, heads };
}

/** Copied for each reading: an object whose fields are known from the beginning is made and read in less time. */
const NO_ACTS = Object.fromEntries(ACTS.map((act) => [act, 0])) as Record<Act, number>;
const NO_HEADS = Object.fromEntries(HEADS.map((head) => [head, 0])) as Record<Head, number>;

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
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
    const row = rowOf(model.table, hash | 0);
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
  const row = layer === null ? -1 : rowOf(layer.table, hash | 0);
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
  const features = featuresAtHand(prepared);
  const { table, weights, scales, biases, layer } = model;
  sums.fill(0);
  addRows(weights, rowsOf(table, features));
  const value = shareOfEach(features.length);
  const scores = new Float64Array(OUTPUTS);
  for (let output = 0; output < OUTPUTS; output += 1) {
    scores[output] = (sums[output] ?? 0) * value * (scales[output] ?? 0) + (biases[output] ?? 0);
  }
  if (layer !== null) addLayer(scores, layer, features, value);
  return scores;
}

function scoreOf({ table, weights, scales, biases, layer }: Model, prepared: string, output: number): number {
  const features = featuresAtHand(prepared);
  const value = shareOfEach(features.length);
  let sum = 0;
  for (const row of rowsOf(table, features)) sum += weights[row * OUTPUTS + output] ?? 0;
  let score = sum * value * (scales[output] ?? 0) + (biases[output] ?? 0);
  if (layer === null) return score;
  for (const row of rowsOf(layer.table, features)) score += (layer.weights[row * OUTPUTS + output] ?? 0) * value;
  return score;
}

/** Adds rows of weights to the sums, four at a time: each sum is read and written only once for all four. */
function addRows(weights: Int8Array, rows: Int32Array): void {
  const last = rows.length - 3;
  let index = 0;
  for (; index < last; index += 4) {
    const first = (rows[index] ?? 0) * OUTPUTS;
    const second = (rows[index + 1] ?? 0) * OUTPUTS;
    const third = (rows[index + 2] ?? 0) * OUTPUTS;
    const fourth = (rows[index + 3] ?? 0) * OUTPUTS;
    for (let output = 0; output < OUTPUTS; output += 1) {
      sums[output] =
        (sums[output] ?? 0) +
        ((weights[first + output] ?? 0) + (weights[second + output] ?? 0)) +
        ((weights[third + output] ?? 0) + (weights[fourth + output] ?? 0));
    }
  }
  for (; index < rows.length; index += 1) {
    for (let output = 0, at = (rows[index] ?? 0) * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      sums[output] = (sums[output] ?? 0) + (weights[at] ?? 0);
    }
  }
}

function addLayer(scores: Float64Array, layer: Layer & WithTable, features: Int32Array, value: number): void {
  const { weights } = layer;
  for (const row of rowsOf(layer.table, features)) {
    for (let output = 0, at = row * OUTPUTS; output < OUTPUTS; output += 1, at += 1) {
      scores[output] = (scores[output] ?? 0) + (weights[at] ?? 0) * value;
    }
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
