import { hasHan } from "../../text/words.ts";
import { headsOf } from "../marks.ts";
import { ACTS } from "../meaning.ts";
import { type Model, openModel, type Reading, readWith, type Weights } from "../model.ts";
import type { Thresholds } from "../policy.ts";
import { typedOtherwise } from "./augment.ts";
import { type CorpusRow, isEveryday, labelledOf } from "./corpus.ts";
import { train } from "./train.ts";

/** One text of so many is also typed otherwise, and how much that counts. */
const EVERY = 2;
const OTHERWISE = 0.5;
/** Texts without a Chinese character, mostly English, are few: each counts as so many. */
const RARE_SCRIPT = 2;
/** A sign needs so much of the model beside it. */
const WITH_SIGN = { card: 0.06, sealed: 0.015, officeFirst: 0.0075 } as const;
/** The largest shares of the dev authors' other messages that may get a tier that they should not have. */
const FALSE_SHARES = { card: 0.005, line: 0.035, sealed: 0.006, officeFirst: 0.03 } as const;
/** The largest share of their everyday matters that may be sealed, for these are what most people write. */
const FALSE_EVERYDAY = 0.003;
/** However few false cards there are on the dev authors, what is less likely is no danger at hand; the model is less sure of authors whom it does not know. */
const LOWEST_CARD = 0.35;
/** A deputy who is spoken of: below this share they read it as ever. */
const TELLS_ON = 0.5;

/** A trained model with the thresholds that were fitted for it. */
export type Fitted = { readonly weights: Weights; readonly thresholds: Thresholds };

/**
 * Trains on the rows of the training authors, each also as somebody else might have typed it, and fits the thresholds of the
 * tiers on the authors of the dev split: folds of the training authors would be too kind.
 */
export function fitModel(rows: readonly CorpusRow[], name: string): Fitted {
  const training = rows.filter((row) => row.split === "train");
  const labelled = training.flatMap((row, turn) => {
    const weight = hasHan(row.text) ? 1 : RARE_SCRIPT;
    const otherwise = labelledOf({ ...row, text: typedOtherwise(row.text, turn) }, OTHERWISE * weight);
    return turn % EVERY === 0 ? [labelledOf(row, weight), otherwise] : [labelledOf(row, weight)];
  });
  const trained = train(labelled, name);
  const devRows = rows.filter((row) => row.split === "dev");
  const weights = sharpened(trained, sharpnessOn(openModel(trained), devRows));
  const model = openModel(weights);
  const dev = devRows.map((row) => ({
    heads: headsOf(row.marks),
    isEveryday: isEveryday(row),
    reading: readWith(model, row.text),
  }));
  const calm = dev.filter(({ heads }) => !heads.includes("danger")).map(({ reading }) => dangerOf(reading));
  const innocent = dev.filter(({ heads }) => !heads.includes("accuses") && !heads.includes("tells-on"));
  const reproaches = innocent.map(({ reading }) => reading.heads.accuses);
  const everyday = innocent.flatMap((row) => (row.isEveryday ? [row.reading.heads.accuses] : []));
  return {
    weights,
    thresholds: {
      card: Math.max(LOWEST_CARD, lowestWith(calm, FALSE_SHARES.card)),
      cardWithSign: WITH_SIGN.card,
      line: lowestWith(calm, FALSE_SHARES.line),
      sealed: Math.max(lowestWith(reproaches, FALSE_SHARES.sealed), lowestWith(everyday, FALSE_EVERYDAY)),
      sealedWithSign: WITH_SIGN.sealed,
      officeFirstWithSign: WITH_SIGN.officeFirst,
      officeFirst: lowestWith(reproaches, FALSE_SHARES.officeFirst),
      tellsOn: TELLS_ON,
    },
  };
}

/** By how much the acts' log-odds may be multiplied, so that a probability of nine tenths is right nine times of ten. */
const SHARPNESSES = [0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.3, 2.6, 3];

/** The factor at which the labels of the dev authors are least surprising. */
function sharpnessOn(model: Model, rows: readonly CorpusRow[]): number {
  const read = rows.map(({ text, act, also }) => ({ acts: readWith(model, text).acts, wanted: [act, ...also] }));
  const surpriseAt = (sharpness: number) =>
    read.reduce((sum, { acts, wanted }) => {
      const powers = ACTS.map((act) => acts[act] ** sharpness);
      const whole = powers.reduce((total, power) => total + power, 0);
      const right = ACTS.reduce((total, act, index) => total + (wanted.includes(act) ? (powers[index] ?? 0) : 0), 0);
      return sum - Math.log(Math.max(right / whole, 1e-9));
    }, 0);
  const surprises = SHARPNESSES.map((sharpness) => ({ sharpness, surprise: surpriseAt(sharpness) }));
  return surprises.reduce((least, one) => (one.surprise < least.surprise ? one : least)).sharpness;
}

function sharpened(weights: Weights, sharpness: number): Weights {
  const times = (values: Float32Array) =>
    values.map((value, output) => (output < ACTS.length ? value * sharpness : value));
  return { ...weights, scales: times(weights.scales), biases: times(weights.biases) };
}

/** How probable danger to life is, of whatever kind. */
function dangerOf({ heads }: Reading): number {
  return heads.danger;
}

/** The lowest threshold that not more than this share of values reaches; a little above zero where there is no value. */
function lowestWith(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => b - a);
  const above = sorted[Math.floor(sorted.length * share)] ?? 0;
  return Math.round(Math.max(above, 0.01) * 1e4 + 1) / 1e4;
}
