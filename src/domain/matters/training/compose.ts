import type { CorpusRow } from "../../understanding/training/corpus.ts";
import { boundariesIn } from "../boundaries.ts";
import type { MatterRow } from "./corpus.ts";
import { COUNTINGS, INTRODUCTIONS, JOINERS, SIGNS } from "./joining.ts";
import type { Lots } from "./lots.ts";

/** A message to learn from, and how much it counts. */
export type Lesson = Pick<MatterRow, "text" | "cuts"> & { readonly weight: number };

const COMPOSED = 4_000;
const LONGEST = 220;
const WEIGHT = 0.6;
const OPENING = ["matter", "inquiry", "suggestion"];
const GOING_ON = ["adds", "urge", "thanks", "greeting", "corrects-text", "status"];
const OTHER_TROUBLE = /danger|accuses|minor|several|anonym/;

/**
 * Messages composed of what the authors wrote of one matter each: several of them joined, one joined with words that name none or the
 * same, and one with words put between its own clauses: so the words alone decide nothing.
 */
export function composed(rows: readonly CorpusRow[], lots: Lots): Lesson[] {
  const matters = rows.filter(isPlainMatter);
  if (matters.length < 2) return [];
  const sources = {
    matters,
    rows: rows.filter(({ marks }) => !marks.includes("several-matters")),
    tails: rows.filter(({ act, marks, text }) => GOING_ON.includes(act) && marks.length === 0 && text.length <= 30),
    byAuthor: Map.groupBy(matters, ({ author }) => author),
    bySituation: Map.groupBy(matters, ({ situation }) => situation),
  };
  const lessons: (Lesson | null)[] = [];
  for (let turn = 0; turn < COMPOSED; turn += 1) lessons.push(several(sources, lots));
  for (let turn = 0; turn < COMPOSED / 2; turn += 1) lessons.push(oneAndMore(sources, lots));
  for (let turn = 0; turn < COMPOSED; turn += 1) lessons.push(oneWithWords(sources, lots));
  return lessons.filter((one) => one !== null);
}

type Sources = {
  readonly matters: readonly CorpusRow[];
  readonly rows: readonly CorpusRow[];
  readonly tails: readonly CorpusRow[];
  readonly byAuthor: ReadonlyMap<string, readonly CorpusRow[]>;
  readonly bySituation: ReadonlyMap<string, readonly CorpusRow[]>;
};

function isPlainMatter({ act, marks, text }: CorpusRow): boolean {
  const isOwn = act !== "matter" || marks.includes("names-own-matter");
  const isShort = text.length >= 6 && text.length <= 55;
  return OPENING.includes(act) && isOwn && isShort && !marks.some((mark) => OTHER_TROUBLE.test(mark));
}

function several({ matters, byAuthor }: Sources, { next, pick }: Lots): Lesson | null {
  const first = pick(matters);
  const parts = [first];
  const wanted = next() < 0.25 ? 3 : 2;
  for (let tries = 0; parts.length < wanted && tries < 20; tries += 1) {
    const other = pick(next() < 0.7 ? (byAuthor.get(first.author) ?? matters) : matters);
    if (!parts.some(({ situation }) => situation === other.situation)) parts.push(other);
  }
  const counting = next() < 0.25 ? pick(COUNTINGS) : null;
  let text = next() < (counting === null ? 0.15 : 0.4) ? `${pick(INTRODUCTIONS)}${pick(["，", " ", "：", ""])}` : "";
  const cuts: number[] = [];
  for (const [index, part] of parts.entries()) {
    const joiner = next() < 0.6 ? `${pick(JOINERS)}${pick(["，", "", "", " "])}` : "";
    if (index > 0) {
      const sign = pick(SIGNS);
      text += sign === "" && joiner === "" && counting === null ? "，" : sign;
      cuts.push(text.length);
    }
    text += `${counting?.[index] ?? (index > 0 ? joiner : "")}${trimmed(part.text)}`;
  }
  return parts.length < 2 || text.length > LONGEST ? null : { text, cuts, weight: WEIGHT };
}

function oneAndMore({ matters, tails, bySituation }: Sources, { next, pick }: Lots): Lesson | null {
  const one = pick(matters);
  const more = next() < 0.75 && tails.length > 0 ? pick(tails) : pick(bySituation.get(one.situation) ?? [one]);
  const joiner = next() < 0.7 ? `${pick(JOINERS)}${pick(["，", "", ""])}` : "，";
  const text = `${trimmed(one.text)}${pick(SIGNS)}${joiner}${more.text}`;
  return more === one ? null : { text, cuts: [], weight: WEIGHT };
}

function oneWithWords({ rows }: Sources, { next, pick }: Lots): Lesson | null {
  const { text } = pick(rows);
  const between = boundariesIn(text).filter(({ end, at }) => at > end);
  if (between.length === 0) return null;
  if (next() < 0.25) {
    const marks = pick(COUNTINGS);
    const starts = [0, ...between.slice(0, 2).map(({ at }) => at)];
    const counted = starts.map((start, index) => `${marks[index]}${text.slice(start, starts[index + 1])}`).join("");
    return { text: counted, cuts: [], weight: WEIGHT };
  }
  const { at } = pick(between);
  return { text: `${text.slice(0, at)}${pick(JOINERS)}${text.slice(at)}`, cuts: [], weight: WEIGHT };
}

function trimmed(text: string): string {
  return text.replace(/[。！!，,\s]+$/u, "");
}
