import type { CaseOutcome } from "../case/case.ts";
import type { Way } from "../routing/route.ts";
import type { CaseFacts, Facet, Reach, Refuser, ResidentClaim, Sayer, Verdict } from "./facts.ts";

/** The groups in which figures are shown, in order. */
export const FIGURE_GROUPS = [
  "cases",
  "first-word",
  "solution",
  "waiting",
  "three-claims",
  "reopened",
  "topics",
  "topic-answer",
  "refusals",
  "answered-at-once",
  "routing",
  "delivery",
  "ratings",
] as const;
/** The group in which a figure is shown. */
export type FigureGroup = (typeof FIGURE_GROUPS)[number];

/** The conditions of the list of exactly the cases that a figure counts, beside its period and its place. */
export type FigureCases = {
  readonly open?: boolean;
  readonly outcome?: readonly CaseOutcome[];
  readonly reopened?: boolean;
  readonly way?: readonly Way[];
  readonly saidDone?: readonly Sayer[];
  readonly claims?: readonly ResidentClaim[];
  readonly refusedBy?: readonly Refuser[];
  readonly corrected?: boolean;
  readonly reached?: readonly Reach[];
  readonly verdict?: readonly Verdict[];
};

type Counting = {
  readonly code: string;
  readonly group: FigureGroup;
  /** The facts that it looks at. */
  readonly facet: Facet;
  /** Whether a case is one of those among which is counted. */
  readonly among: (facts: CaseFacts) => boolean;
};

/** A figure that counts cases. */
export type CaseCount = Counting & {
  readonly unit: "cases";
  /** Whether a case that is among them is counted. */
  readonly counts: (facts: CaseFacts) => boolean;
  /** Null where no list of cases can say it. */
  readonly opens: FigureCases | null;
};

/** A figure that says within how many working days a share of cases was done. */
export type DaysWithin = Counting & {
  readonly unit: "working-days";
  /** Of a case that is among them. */
  readonly days: (facts: CaseFacts) => number;
  /** 0.5 for the median. */
  readonly share: number;
};

/** A figure: pure, from the facts of cases to a number; its note says the same in words. */
export type Figure = CaseCount | DaysWithin;

/** The method of a figure in words: what it answers, what it counts, what it leaves out, and from what it is taken. */
export type FigureNote = {
  readonly name: string;
  readonly question: string;
  readonly counts: string;
  readonly leavesOut: string;
  readonly source: string;
};

/** A name and what is counted. */
export type Named = readonly [name: string, counts: string];

/** The words of all notes in one language; those of times are made from their steps. */
export type NoteWords = {
  /** What holds of every figure. */
  readonly everywhere: string;
  readonly groups: Readonly<
    Record<
      FigureGroup,
      { readonly name: string; readonly question: string; readonly leavesOut: string; readonly source: string }
    >
  >;
  readonly figures: Readonly<Record<string, Named>>;
  /** Of working days from `least` to `most`; null for no end. */
  readonly step: (least: number, most: number | null) => Named;
  readonly median: Named;
  readonly nineOfTen: Named;
};
