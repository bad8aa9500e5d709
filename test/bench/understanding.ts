import { openReader, readerOf, readWeights, WEIGHTS_FILE } from "../../src/casework/runtime/open-reader.ts";
import { readCorpus } from "../../src/commands/understand/corpus-folder.ts";
import { understandResident } from "../../src/domain/dialog/understand-resident.ts";
import {
  type Measured,
  measure,
  reportLines,
  situationOf,
  type Understands,
} from "../../src/domain/measuring/measure.ts";
import { typedOtherwise } from "../../src/domain/understanding/training/augment.ts";
import type { CorpusRow } from "../../src/domain/understanding/training/corpus.ts";
import type { Environment } from "./environment.ts";
import { type Effort, type Line, median, percentile } from "./measure.ts";
import { floorsOf } from "./understanding-floors.ts";
import { understandByLists } from "./understanding-reference/understand.ts";

const CORPUS = new URL("../understanding/corpus", import.meta.url).pathname;
/** Of so many runs over a text the quickest counts: what else the machine does is not the reader's. */
const RUNS = 5;
/** One text of so many is timed, for a run over all takes minutes. */
const TIMED = 4;
const LOADS = 7;

/**
 * How well residents' words are understood by authors whom nothing was learned from, beside the lists of words that were there
 * before; how long one text takes, and the loading of the weights. Of the test authors it only counts.
 */
export async function understandingBenchmark(_ground: Environment, { short }: Effort): Promise<Line[]> {
  const { rows } = await readCorpus(CORPUS);
  const some = short ? rows.filter((_, index) => index % 40 === 0) : rows;
  const reader = openReader();
  const model: Understands = (text, situation) => understandResident(text, situation, reader);
  for (const [name, set, changed] of setsOf(some)) {
    for (const [who, understands] of [
      ["model", model],
      ["lists", lists],
    ] as const) {
      const lines = reportLines(`${name}, ${who}`, measure(set, understands, changed));
      if (!short) for (const line of lines) console.log(line);
    }
  }
  const test = some.filter((row) => row.split === "test");
  const both = (changed?: Changed): readonly [Measured, Measured] => [
    measure(test, model, changed),
    measure(test, lists, changed),
  ];
  return [
    ...floorsOf("test", ...both()),
    ...floorsOf("typed otherwise", ...both(typedOtherwise)),
    timeLine(
      some.filter((_, index) => index % TIMED === 0),
      model,
    ),
    loadLine(short ? 1 : LOADS),
  ];
}

type Changed = (text: string, row: number) => string;

function setsOf(rows: readonly CorpusRow[]): (readonly [string, readonly CorpusRow[], Changed?])[] {
  const test = rows.filter((row) => row.split === "test");
  const authors = [...new Set(test.map((row) => row.author))].sort();
  return [
    ["dev", rows.filter((row) => row.split === "dev")],
    ...authors.map((author) => [author, test.filter((row) => row.author === author)] as const),
    ["test", test],
    ["test, typed otherwise", test, typedOtherwise],
  ];
}

const lists: Understands = (text, { state, now }) => {
  const question = state.question?.kind === "rating" ? state.question : undefined;
  const meaning = understandByLists(text, question, now);
  return {
    meaning: meaning.kind === "command" ? { ...meaning, isExact: true } : meaning,
    hintsAtDanger: false,
    isForOfficeFirst: false,
  };
};

function timeLine(rows: readonly CorpusRow[], understands: Understands): Line {
  const texts = rows.map((row) => ({ text: row.text, situation: situationOf(row) }));
  const quickest = new Float64Array(texts.length).fill(Infinity);
  const before = process.cpuUsage();
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, { text, situation }] of texts.entries()) {
      const begin = performance.now();
      understands(text, situation);
      quickest[index] = Math.min(quickest[index] ?? Infinity, (performance.now() - begin) * 1000);
    }
  }
  const { user, system } = process.cpuUsage(before);
  const times = [...quickest];
  return {
    name: "understanding, a text, p99",
    ours: { value: percentile(times, 0.99), unit: "µs" },
    reference: null,
    ratio: null,
    target: { atMost: 200, unit: "µs" },
    samples: {
      median: median(times),
      p90: percentile(times, 0.9),
      meanProcessor: (user + system) / RUNS / texts.length,
    },
  };
}

function loadLine(loads: number): Line {
  const times = Array.from({ length: loads }, () => {
    const before = process.cpuUsage();
    readerOf(readWeights(WEIGHTS_FILE));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return {
    name: "understanding, loading",
    ours: { value: Math.min(...times), unit: "ms" },
    reference: null,
    ratio: null,
    target: { atMost: 50, unit: "ms" },
    samples: times,
  };
}
