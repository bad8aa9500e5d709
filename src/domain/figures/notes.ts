import { FIGURES, SEALED_FIGURE } from "./catalogue.ts";
import type { FigureGroup, FigureNote, Named, NoteWords } from "./figure.ts";
import { NOTES_EN } from "./notes-en.ts";
import { NOTES_ZH } from "./notes-zh.ts";

/** The definition of a figure for people: its note, with its code, group and unit. */
export type FigureDefinition = FigureNote & {
  readonly code: string;
  readonly group: FigureGroup;
  readonly groupName: string;
  readonly unit: "cases" | "working-days";
};

/** The definitions of all figures in one language, in the order in which they are shown. */
export function definitionsIn(language: "zh" | "en"): readonly FigureDefinition[] {
  const words = language === "zh" ? NOTES_ZH : NOTES_EN;
  const all = FIGURES.map(({ code, group, unit }) => definitionOf(words, code, group, unit));
  return [...all, definitionOf(words, SEALED_FIGURE, "cases", "cases")];
}

/** The sentence that holds of every figure. */
export function sayEverywhere(language: "zh" | "en"): string {
  return (language === "zh" ? NOTES_ZH : NOTES_EN).everywhere;
}

function definitionOf(
  words: NoteWords,
  code: string,
  group: FigureGroup,
  unit: FigureDefinition["unit"],
): FigureDefinition {
  const [name, counts] = namedOf(words, code, group);
  const { name: groupName, question, leavesOut, source } = words.groups[group];
  const isSealed = code === SEALED_FIGURE;
  return { code, group, groupName, unit, name, question, counts, leavesOut: isSealed ? "" : leavesOut, source };
}

function namedOf(words: NoteWords, code: string, group: FigureGroup): Named {
  const own = words.figures[code];
  if (own !== undefined) return own;
  const rest = code.slice(group.length + 1);
  if (rest === "median") return words.median;
  if (rest === "nine-of-ten") return words.nineOfTen;
  const [least = 0, most = null] = (
    /^over-(\d+)$/.exec(rest) === null ? rest.split("-").map(Number) : [Number(rest.slice(5)) + 1]
  ) as number[];
  return words.step(least, most);
}
