import type { CorpusRow } from "../../understanding/training/corpus.ts";
import { type Boundary, boundariesIn } from "../boundaries.ts";
import type { Likeness } from "../likeness.ts";
import type { MatterReader, MatterThresholds } from "../matters.ts";
import { chance, type Network } from "../network.ts";
import { signsAt, type Telling } from "../signs.ts";
import { composed, type Lesson } from "./compose.ts";
import type { MatterRow } from "./corpus.ts";
import { lotsOf } from "./lots.ts";
import { trainLikeness } from "./train-likeness.ts";
import { type Point, trainNetwork } from "./train-network.ts";

/** A message that was labelled for this counts so much. */
const LABELLED = 12;
const SEVERAL = 4;
/** Of the other sentences so many are learned from: many of the authors' matters, some of everything else. */
const SHARES = { opens: 0.5, others: 0.1 } as const;
const OPENS = ["matter", "inquiry", "suggestion", "petition"];
/** The largest shares of the dev authors' messages with one matter that may be cut, or be thought doubtful. */
const FALSE_SHARES = { cut: 0.001, doubt: 0.01 } as const;
const LOWEST_CUT = 0.5;
const SEED = 20_261_129;

/**
 * Trains the network on labelled messages, composed ones and the sentences of the corpus, and fits its thresholds on the dev authors of
 * both.
 */
export function fitMatters(
  rows: readonly CorpusRow[],
  labelled: readonly MatterRow[],
  tellingWith: (likeness: Likeness) => Telling,
) {
  const lots = lotsOf(SEED);
  const known = rows.filter(({ split }) => split === "train");
  const authors = [...new Set(known.map(({ author }) => author))].sort();
  // What texts are about is learned from other authors: of their own the network would believe it too readily.
  const isOfFirst = ({ author }: CorpusRow) => authors.indexOf(author) % 2 === 0;
  const likeness = trainLikeness(known.filter(isOfFirst));
  const telling = tellingWith(likeness);
  const training = known.filter((row) => !isOfFirst(row));
  const plain = training.flatMap((row): Lesson[] => {
    if (isSeveral(row)) return [{ text: row.text, cuts: null, weight: SEVERAL }];
    const share = OPENS.includes(row.act) ? SHARES.opens : SHARES.others;
    return lots.next() < share ? [{ text: row.text, cuts: [], weight: 1 }] : [];
  });
  const own = labelled.flatMap(({ text, cuts, split }) =>
    split === "train" ? [{ text, cuts, weight: LABELLED }] : [],
  );
  const lessons = [...composed(training, lots), ...plain, ...own];
  const network = trainNetwork(lessons.flatMap((lesson, index) => pointsOf(lesson, index, telling)));
  return { network, likeness, thresholds: thresholdsOn(network, rows, labelled, telling) };
}

function isSeveral({ marks }: CorpusRow): boolean {
  return marks.includes("several-matters");
}

function pointsOf({ text, cuts, weight }: Lesson, index: number, telling: Telling): Point[] {
  const boundaries = boundariesIn(text);
  const signs = signsAt(text, boundaries, telling);
  const wanted = new Set(cuts?.map((cut) => firstSignFrom(text, cut)));
  return boundaries.flatMap((boundary: Boundary, at): Point[] => {
    const here = signs[at];
    const isCut = wanted.has(firstSignFrom(text, boundary.at));
    return here === undefined ? [] : [{ signs: here, isCut, weight, group: cuts === null ? index : null }];
  });
}

/** A cut may stand before or behind the signs between two parts. */
function firstSignFrom(text: string, from: number): number {
  const found = text.slice(from).search(/[\p{L}\p{N}]/u);
  return found < 0 ? text.length : from + found;
}

function thresholdsOn(
  network: Network,
  rows: readonly CorpusRow[],
  labelled: readonly MatterRow[],
  telling: Telling,
): MatterThresholds {
  const single = [
    ...rows.filter((row) => row.split === "dev" && !isSeveral(row)),
    ...labelled.filter(({ split, cuts }) => split === "dev" && cuts?.length === 0),
  ].map(({ text }) => highestChance(text, { network, telling }));
  const sorted = single.sort((a, b) => b - a);
  const above = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { cut: Math.max(LOWEST_CUT, above(FALSE_SHARES.cut)), doubt: above(FALSE_SHARES.doubt) };
}

/** The highest chance of a boundary of a text; 0 where it has none. */
function highestChance(text: string, { network, telling }: Pick<MatterReader, "network" | "telling">): number {
  const chances = signsAt(text, boundariesIn(text), telling).map((signs) => chance(network, signs));
  return Math.max(0, ...chances);
}
