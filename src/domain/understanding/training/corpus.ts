import { ACTS, type Act, DANGER_KINDS, type DangerKind, type Head } from "../meaning.ts";
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

/** The questions of the model that each mark of the corpus answers with yes; other marks are kept for later models. */
const MARKS: Readonly<Record<string, Head>> = {
  "names-own-matter": "own-matter",
  "accuses-official": "accuses",
  "tells-on-official": "tells-on",
  minor: "minor",
  "wants-anonymity": "anonymity",
  "several-matters": "several",
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

/** The questions of the model that the marks of a row answer with yes. */
export function headsOf(marks: readonly string[]): Head[] {
  const kinds = marks.flatMap((mark) => dangerIn(mark) ?? []);
  const others = marks.flatMap((mark) => MARKS[mark] ?? []);
  return [...(kinds.length > 0 ? (["danger"] as const) : []), ...kinds, ...others];
}

function dangerIn(mark: string): DangerKind | undefined {
  return DANGER_KINDS.find((kind) => mark === `danger:${kind}`);
}

const EVERYDAY = /^M\d/;

/** Whether a row is an everyday matter, in which nobody of an office stands: by the situation for which it was written. */
export function isEveryday({ situation }: CorpusRow): boolean {
  return EVERYDAY.test(situation);
}
