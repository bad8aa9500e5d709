import type { Act, Head } from "./meaning.ts";
import { type Model, type Reading, type Reason, readWith, reasonsFor } from "./model.ts";
import type { Thresholds } from "./policy.ts";

/** A reader of residents' words: a model with the thresholds that were fitted for it. */
export type Reader = {
  /** Names the weights in what is recorded of a decision. */
  readonly name: string;
  readonly thresholds: Thresholds;
  /** The probabilities that the model gives a text in which names of people are one word. */
  read(text: string): Reading;
  /** What in the text spoke most for an answer. */
  reasonsFor(text: string, answer: Act | Head): Reason[];
};

/** Creates a reader over a model that is ready for use. */
export function createReader(model: Model, thresholds: Thresholds): Reader {
  return {
    name: model.name,
    thresholds,
    read: (text) => readWith(model, text),
    reasonsFor: (text, answer) => reasonsFor(model, text, answer),
  };
}
