import type { CaseOutcome } from "../case/case.ts";
import type { Way } from "../routing/route.ts";

/** The ends of the steps in which working days are counted: up to and including each, and more. */
export const DAY_STEPS = [1, 3, 5, 10] as const;

/** The time within which a person's first answer reached the resident. */
export const REACHES = ["hour", "two-days", "later", "not-yet"] as const;
/** The time within which a person's first answer reached the resident. */
export type Reach = (typeof REACHES)[number];

/** The ones on whose word a case was closed as solved; `deputy-closed` is a deputy's own closing, of which nobody knows whether they looked. */
export const SAYERS = ["unit", "deputy", "deputy-closed"] as const;
/** The one on whose word a case was closed as solved. */
export type Sayer = (typeof SAYERS)[number];

/** The answers of a resident to a case that was closed as solved; silent after fourteen days without a word. */
export const CLAIMS = ["agree", "disagree", "silent"] as const;
/** The answer of a resident to a case that was closed as solved. */
export type ResidentClaim = (typeof CLAIMS)[number];

/** The ones who refuse a matter as not in scope: the service at once, a deputy, the office. */
export const REFUSERS = ["service", "deputy", "office"] as const;
/** The one who refused a matter as not in scope. */
export type Refuser = (typeof REFUSERS)[number];

/** The verdicts of residents on closed cases: four and five are satisfied, one and two are not. */
export const VERDICTS = ["satisfied", "unsatisfied"] as const;
/** The verdict of a resident on a closed case. */
export type Verdict = (typeof VERDICTS)[number];

/** The facts of one case that figures look at; all follow from its row, its events, its last decision and its first answer. */
export type CaseFacts = {
  readonly isOpen: boolean;
  readonly outcome: CaseOutcome | null;
  /** Whether it was closed at least once. */
  readonly wasClosed: boolean;
  readonly isReopened: boolean;
  /** Working days from when somebody had it until the resident first heard from a person; null while they have not. */
  readonly firstWordDays: number | null;
  /** Working days from when somebody had it until it was closed as solved; null where it is not. */
  readonly solutionDays: number | null;
  /** Working days in which the resident was asked where it is; null where nobody had to ask, or the question is open. */
  readonly waitedDays: number | null;
  /** Whether it was closed as solved at least once. */
  readonly isSaidDone: boolean;
  /** On whose word; never one instead of another. */
  readonly saidBy: readonly Sayer[];
  readonly claims: readonly ResidentClaim[];
  /** Null unless it is closed as not in scope. */
  readonly refusedBy: Refuser | null;
  /** Whether it was answered at once, by the library or the calendar, and whether that was refused; null where it was not. */
  readonly atOnce: "stood" | "refused" | null;
  /** How its last decision found who has it; null before any. */
  readonly way: Way | null;
  /** Whether a deputy gave it back, or the office placed or moved it. */
  readonly isCorrected: boolean;
  /** Whether it belongs to a topic: others told the same. */
  readonly isInTopic: boolean;
  /** Whether it is the first case of its topic; each topic has one. */
  readonly isFirstOfTopic: boolean;
  /** Whether it is the first case of its resident in its topic. */
  readonly isFirstOfPerson: boolean;
  /** Working days from when its topic began until all of it were first answered; of the first case of a topic alone, null while they are not. */
  readonly topicAnswerDays: number | null;
  /** Null where no person has answered yet. */
  readonly reached: Reach | null;
  /** The last one; null where there is none. */
  readonly verdict: Verdict | null;
};

/** The groups of facts that are counted together. */
export const FACETS = {
  state: ["isOpen", "outcome", "wasClosed", "isReopened"],
  firstWord: ["isOpen", "firstWordDays"],
  solution: ["solutionDays"],
  waiting: ["waitedDays"],
  claims: ["isSaidDone", "saidBy", "claims"],
  refusals: ["refusedBy"],
  atOnce: ["wasClosed", "atOnce"],
  routing: ["way", "isCorrected"],
  topics: ["isInTopic", "isFirstOfTopic", "isFirstOfPerson"],
  topicAnswer: ["topicAnswerDays"],
  topicClaims: ["isInTopic", "isSaidDone", "claims"],
  delivery: ["reached"],
  verdicts: ["wasClosed", "verdict"],
} as const satisfies Readonly<Record<string, readonly (keyof CaseFacts)[]>>;
/** The name of a group of facts that are counted together. */
export type Facet = keyof typeof FACETS;

/** The facts of a case of which nothing is known: what a facet leaves out. */
export const NO_FACTS: CaseFacts = {
  ...{ isOpen: false, outcome: null, wasClosed: false, isReopened: false },
  ...{ firstWordDays: null, solutionDays: null, waitedDays: null },
  ...{ isSaidDone: false, saidBy: [], claims: [], refusedBy: null, atOnce: null },
  ...{ way: null, isCorrected: false, reached: null, verdict: null },
  ...{ isInTopic: false, isFirstOfTopic: false, isFirstOfPerson: false, topicAnswerDays: null },
};
