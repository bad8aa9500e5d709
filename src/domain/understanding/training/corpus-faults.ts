import { prepare } from "../prepare.ts";
import type { CorpusRow } from "./corpus.ts";

/** So alike, two texts are one text with another comma or name. */
const NEAR = 0.8;
const RUN = 3;

/** A text to learn from that is nearly one of those that are counted on: their ids. */
export type NearDouble = { readonly train: string; readonly held: string };

/**
 * Finds the rows to learn from that are equal, as the model reads them, to a row of the dev or test authors, or have at least four
 * fifths of their runs of three signs in common: what was learned by heart shows nothing.
 */
export function nearDoublesIn(rows: readonly CorpusRow[]): NearDouble[] {
  const train = rows.filter((row) => row.split === "train").map(runsOf);
  const byRun = new Map<string, number[]>();
  const byText = new Map<string, number[]>();
  for (const [index, { text, runs }] of train.entries()) {
    push(byText, text, index);
    for (const run of runs) push(byRun, run, index);
  }
  const found = new Map<number, string>();
  for (const held of rows.filter((row) => row.split !== "train").map(runsOf)) {
    for (const index of byText.get(held.text) ?? []) found.set(index, held.id);
    for (const index of candidates(held.runs, byRun)) {
      const other = train[index];
      if (other !== undefined && isNear(held.runs, other.runs)) found.set(index, held.id);
    }
  }
  return [...found].map(([index, held]) => ({ train: train[index]?.id ?? "", held }));
}

/** The texts that have one of a text's rarest runs: without any of those, too few of its runs are left to share. */
function candidates(runs: ReadonlySet<string>, byRun: ReadonlyMap<string, readonly number[]>): Set<number> {
  const lists = [...runs].map((run) => byRun.get(run) ?? []).sort((a, b) => a.length - b.length);
  return new Set(lists.slice(0, runs.size - Math.ceil(NEAR * runs.size) + 1).flat());
}

function isNear(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const both = some.intersection(others).size;
  return both / (some.size + others.size - both) >= NEAR;
}

function runsOf({ id, text }: CorpusRow) {
  const prepared = prepare(text);
  const runs = Array.from({ length: Math.max(0, prepared.length - RUN + 1) }, (_, at) => prepared.slice(at, at + RUN));
  return { id, text: prepared, runs: new Set(runs) };
}

function push(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
}
