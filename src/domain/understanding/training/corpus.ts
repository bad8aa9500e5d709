import { headsOf } from "../marks.ts";
import { ACTS, type Act } from "../meaning.ts";
import type { Labelled } from "./train.ts";

/** The part of the corpus that a text belongs to, by its author: learned from, thresholds fitted on, or only counted. */
type Split = "train" | "dev" | "test";

/** A row of the corpus: one text as one author wrote it for one situation. */
export type CorpusRow = {
  readonly id: string;
  readonly text: string;
  /** What was before: whether a verdict is asked for, how many cases are open, how many days ago one was closed. */
  readonly context: {
    readonly verdictOpen?: boolean;
    readonly open?: number;
    readonly closedDaysAgo?: number;
    readonly whereOpen?: boolean;
  };
  readonly act: Act;
  readonly marks: readonly string[];
  /** Other acts that are right as well. */
  readonly also: readonly Act[];
  readonly author: string;
  readonly split: Split;
  readonly situation: string;
};

/**
 * A row of the corpus from its line.
 * @throws Error where it is none
 */
export function readCorpusRow(line: string): CorpusRow {
  const row = JSON.parse(line) as CorpusRow;
  const acts: readonly string[] = [row.act, ...row.also];
  const unknown = acts.find((act) => !(ACTS as readonly string[]).includes(act));
  if (unknown !== undefined) throw new Error(`${row.id}: ${unknown} is no act`);
  return row;
}

/** A row of the corpus as the trainer takes it. */
export function labelledOf({ text, act, also, marks }: CorpusRow, weight = 1): Labelled {
  return { text, act, also, heads: headsOf(marks), weight };
}

const EVERYDAY = /^M\d/;

/** Whether a row is an everyday matter, in which nobody of an office stands: by the situation for which it was written. */
export function isEveryday({ situation }: CorpusRow): boolean {
  return EVERYDAY.test(situation);
}
