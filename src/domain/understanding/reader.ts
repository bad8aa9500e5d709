import type { Act, Head } from "./meaning.ts";
import {
  type Layer,
  type Model,
  type Reading,
  type Reason,
  readWith,
  reasonsFor,
  shareWith,
  withLayer,
} from "./model.ts";
import type { Thresholds } from "./policy.ts";

/** A reader of residents' words: a model with the thresholds that were fitted for it. */
export type Reader = {
  /** Names the weights in what is recorded of a decision, and behind a `+` the version of a county's layer. */
  readonly name: string;
  /** The hash of the weights file: a county's layer belongs to one. */
  readonly hash: string;
  readonly thresholds: Thresholds;
  /** The probabilities that the model gives a text in which names of people are one word. */
  read(text: string): Reading;
  /** How probable the answer yes to one question is, as `read` has it. */
  shareOf(text: string, head: Head): number;
  /** What in the text spoke most for an answer. */
  reasonsFor(text: string, answer: Act | Head): Reason[];
  /** This reader with a county's layer, whose version is given. */
  withLayer(layer: Layer, version: number): Reader;
};

/** Creates a reader over a model that is ready for use. @param hash of the weights file */
export function createReader(model: Model, thresholds: Thresholds, hash: string): Reader {
  return {
    name: model.name,
    hash,
    thresholds,
    read: (text) => readWith(model, text),
    shareOf: (text, head) => shareWith(model, text, head),
    reasonsFor: (text, answer) => reasonsFor(model, text, answer),
    withLayer: (layer, version) =>
      createReader({ ...withLayer(model, layer), name: `${model.name}+${version}` }, thresholds, hash),
  };
}
