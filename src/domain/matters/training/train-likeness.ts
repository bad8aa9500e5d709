import type { CorpusRow } from "../../understanding/training/corpus.ts";
import { boundariesIn } from "../boundaries.ts";
import { LENGTH, type Likeness, RUNS, runsOf } from "../likeness.ts";
import { type Lots, lotsOf } from "./lots.ts";

const PAIRS = 600_000;
const RATE = 0.1;
const SHRINK = 1e-5;
const SEED = 20_261_128;
const SHORTEST = 5;
/** What speaks of something, so that two texts of one situation are about one matter. */
const ABOUT = ["matter", "inquiry", "suggestion", "petition"];

type Pair = { readonly one: Uint32Array; readonly other: Uint32Array; readonly isSame: boolean };

/**
 * Learns which texts are about one matter: those that were written for one situation, and the halves of one text, against texts of other
 * situations.
 */
export function trainLikeness(rows: readonly CorpusRow[]): Likeness {
  const lots = lotsOf(SEED);
  const about = rows
    .filter(
      ({ act, marks, text }) => ABOUT.includes(act) && !marks.includes("several-matters") && text.length >= SHORTEST,
    )
    .map((row) => ({ situation: row.situation, runs: runsOf(row.text), halves: halvesOf(row.text) }));
  const vectors = Float32Array.from({ length: RUNS * LENGTH }, () => (lots.next() - 0.5) * 0.5);
  const squares = new Float32Array(RUNS * LENGTH);
  const net = { vectors, squares, bias: 0, biasSquare: 0 };
  if (about.length < 2) return { vectors, bias: 0 };
  const bySituation = Map.groupBy(about, ({ situation }) => situation);
  for (let turn = 0; turn < PAIRS; turn += 1) learn(net, pairOf(about, bySituation, lots));
  return { vectors, bias: net.bias };
}

type About = { readonly situation: string; readonly runs: Uint32Array; readonly halves: readonly Uint32Array[] };

function pairOf(
  about: readonly About[],
  bySituation: ReadonlyMap<string, readonly About[]>,
  { next, pick }: Lots,
): Pair {
  const one = pick(about);
  const kind = next();
  if (kind < 0.2 && one.halves.length === 2) {
    const [first, second] = one.halves;
    if (first !== undefined && second !== undefined) return { one: first, other: second, isSame: true };
  }
  const other = kind < 0.4 ? pick(bySituation.get(one.situation) ?? about) : pick(about);
  const runs = (row: About) => (row.halves.length === 2 && next() < 0.4 ? pick(row.halves) : row.runs);
  return { one: runs(one), other: runs(other), isSame: one.situation === other.situation };
}

function halvesOf(text: string): Uint32Array[] {
  const between = boundariesIn(text);
  const middle = between[Math.floor(between.length / 2)];
  if (middle === undefined || middle.end < SHORTEST || text.length - middle.at < SHORTEST) return [];
  return [runsOf(text.slice(0, middle.end)), runsOf(text.slice(middle.at))];
}

type State = { readonly vectors: Float32Array; readonly squares: Float32Array; bias: number; biasSquare: number };

function learn(net: State, { one, other, isSame }: Pair): void {
  if (one.length === 0 || other.length === 0) return;
  const [left, right] = [sumOf(net.vectors, one), sumOf(net.vectors, other)];
  let sum = net.bias;
  for (let at = 0; at < LENGTH; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  const slope = 1 / (1 + Math.exp(-sum)) - (isSame ? 1 : 0);
  if (Math.abs(slope) < 1e-3) return;
  net.biasSquare += slope * slope;
  net.bias -= (RATE * slope) / Math.sqrt(net.biasSquare + 1e-4);
  for (const [runs, towards] of [
    [one, right],
    [other, left],
  ] as const) {
    const share = slope / Math.sqrt(runs.length);
    for (const run of runs) move(net, run, share, towards);
  }
}

function move({ vectors, squares }: State, run: number, share: number, towards: Float32Array): void {
  for (let at = 0, place = run * LENGTH; at < LENGTH; at += 1, place += 1) {
    const value = vectors[place] ?? 0;
    const gradient = share * (towards[at] ?? 0) + SHRINK * value;
    const square = (squares[place] ?? 0) + gradient * gradient;
    squares[place] = square;
    vectors[place] = value - (RATE * gradient) / Math.sqrt(square + 1e-4);
  }
}

function sumOf(vectors: Float32Array, runs: Uint32Array): Float32Array {
  const sum = new Float32Array(LENGTH);
  const share = 1 / Math.sqrt(runs.length);
  for (const run of runs) {
    for (let at = 0; at < LENGTH; at += 1) sum[at] = (sum[at] ?? 0) + share * (vectors[run * LENGTH + at] ?? 0);
  }
  return sum;
}
