import type { Due } from "../calendar/due.ts";
import type { EachWeek } from "../calendar/weekly.ts";
import type { PhraseTyped } from "../dialog/deputy/phrases.ts";
import type { Quoted } from "../text/quote.ts";
import type { Question } from "./question.ts";
import type { Holder } from "./who-answers.ts";

/** A case with its day; `isLate` where that day is over and nobody has answered. */
type WithDue = { readonly number: string; readonly dueOn: Due; readonly isLate: boolean };

/** Deputies who may be meant by what was typed. */
type Meant = readonly { readonly code: string; readonly name: string }[];

/**
 * The sentences about how a deputy handles a case: that they have seen it, and who helps. `Line` is a case as its deputy may see it,
 * `Told` what was said in one.
 */
export type HandlingWording<Line, Told> = {
  /** To a resident, once: nothing was done yet, and it is said by when they hear. */
  seenByDeputy(a: WithDue & { deputy: string }): string;
  acceptTaken(a: WithDue): string;
  /** Its resident was told before. */
  acceptedBefore(a: WithDue): string;
  /** Its resident has heard more than that already. */
  acceptNeedless(a: { number: string }): string;
  // to whoever has a case, about those who help
  /** `isBound` is whether they have a chat; `isAgain` where they helped before, and words alone are new. */
  assistTaken(a: { number: string; deputy: string; isBound: boolean; isAgain: boolean; hasWords: boolean }): string;
  assistUnclear(a: { number: string; typed: Quoted; meant: Meant }): string;
  /** `not-them` says no reason: it may be nobody's to know. */
  assistRefused(a: { number: string; deputy: string; why: "away" | "full" | "not-them" }): string;
  /** Nobody helped where there are no names. */
  assistTakenBack(a: { number: string; deputies: readonly string[] }): string;
  assistantSays(a: { number: string; assistant: string; text: Quoted; isLeaving: boolean }): string;
  // to whoever helps
  /** `text` is what the lead says of it; null where that is nothing. */
  askedToAssist(a: { line: Line; lead: string; text: Quoted | null }): string;
  leadSays(a: { number: string; lead: string; text: Quoted }): string;
  assistedCase(a: { line: Line; holder: Holder; thread: readonly Told[] }): string;
  /** Nothing was done: only whoever has it can. */
  onlyAssists(a: { number: string; holder: Holder }): string;
  /** The words are missing. */
  assistantLacks(a: { number: string; command: "assist" | "note" | "return" }): string;
  assistWordsTaken(a: { number: string; holder: Holder; isLeaving: boolean }): string;
  /** There is nothing to help with any more: it is closed, the lead needs no help, or the office has it. */
  assistOver(a: { number: string; why: "closed" | "taken-back" | "office" }): string;
  assistLeadChanged(a: { number: string; holder: Holder }): string;
  // about sentences that a deputy keeps, and the county's
  phrases(a: { own: readonly Quoted[]; county: readonly { name: Quoted; text: Quoted }[] }): string;
  phraseKept(a: { place: number; text: Quoted; isKnown: boolean }): string;
  phraseNotKept(a: { why: "too-long" | "too-many"; most: number }): string;
  phraseLacks(): string;
  phraseDropped(a: { text: Quoted }): string;
  /** There is none at that place; the county's are dropped by nobody in chat. */
  phraseUnknown(a: { isCountys: boolean }): string;
  phraseWhichCase(a: { phrase: PhraseTyped; cases: readonly Line[]; typed: string | null }): string;
  /** `also` are cases of the deputy whose numbers are digits that answer. */
  confirmPhrase(a: { number: string; text: Quoted; also: readonly string[] }): Question;
  phraseDeclined(a: { number: string }): string;
  // about days of each week
  confirmWeekly(a: EachWeek & { isHalf: boolean }): Question;
  weeklyTaken(a: EachWeek): string;
  weeklyDeclined(): string;
  /** Those that hold or are to come; empty where there are none. */
  weeklyHeld(a: { weekly: readonly EachWeek[] }): string;
  weeklyNotHeld(a: { weekdays: readonly number[] }): string;
  weeklyEnded(a: { weekly: readonly EachWeek[] }): string;
};
