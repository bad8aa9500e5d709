import type { Due } from "../../calendar/due.ts";
import type { HandoverState } from "../../acts/handover.ts";
import type { How } from "../../case/claims.ts";
import type { UnitCommand } from "../../dialog/unit/understand-unit.ts";
import type { MaskedQuote, Quoted } from "../../text/quote.ts";
import type { Question } from "../sentences.ts";

/** A matter as a unit may see it: masked, and never whose it is. */
export type UnitMatter = {
  readonly number: string;
  readonly place: string;
  readonly text: MaskedQuote;
  readonly dueOn: string;
};

/** A result as somebody is told it: what its deputy, or the office, says of how it is known. */
type Known = { readonly how: How; readonly unit: string | null };

/** The sentences to the people of units and stations, and to deputies about what a unit says. */
export type BoundWording = {
  boundAs(a: { role: "unit" | "station"; name: string; open: number | null }): string;
  whichRole(a: { roles: readonly { role: "deputy" | "unit" | "station"; name: string }[] }): Question;
  // to a unit
  handover(a: UnitMatter & { deputy: string; returnBy: string }): string;
  unitList(a: { unit: string; matters: readonly (UnitMatter & { state: HandoverState })[] }): string;
  unitMatter(a: UnitMatter & { state: HandoverState }): string;
  unitHelp(a: { unit: string }): string;
  notOfUnit(a: { typed: string }): string;
  whichOfUnit(a: { matters: readonly UnitMatter[] }): string;
  /** What a command lacks; nothing was noted. */
  unitLacks(a: { number: string; command: UnitCommand; lacks: "words" | "day" | "later-day" }): string;
  /** A command that does not fit what the matter has come to. */
  unitCannot(a: { number: string; state: HandoverState }): string;
  accepted(a: { number: string; dueOn: string }): string;
  returned(a: { number: string }): string;
  progressTaken(a: { number: string }): string;
  /** Nothing is told to the resident by a unit's word alone. */
  reportedTaken(a: { number: string }): string;
  extensionAsked(a: { number: string; until: string }): string;
  takenBack(a: { number: string }): string;
  stationHelp(a: { station: string }): string;
  photoTaken(a: { number: string }): string;
  /** A photo that may be of several matters; it is kept with none. */
  whosePhoto(a: { matters: readonly UnitMatter[] }): string;
  // to a deputy
  unitShows(a: { number: string; unit: string }): string;
  /** The unit is being told in chat. */
  referTakenTold(a: { number: string; unit: string }): string;
  unitAccepted(a: { number: string; unit: string }): string;
  unitReturned(a: { number: string; unit: string; text: Quoted }): string;
  unitProgress(a: { number: string; unit: string; text: Quoted }): string;
  /** The unit's word, and no more: it is not said that anything was done. */
  unitReported(a: { number: string; unit: string; text: Quoted }): Question;
  unitAsksForTime(a: { number: string; unit: string; until: string; text: Quoted }): string;
  howKnown(a: { number: string }): Question;
  closingWords(a: { number: string }): string;
  unitWordPassed(a: { number: string; unit: string }): string;
  givenBackToUnit(a: { number: string; unit: string }): string;
  /** Closed with the deputy's words after they did not say how they know. */
  closedUnsaid(a: { number: string }): string;
  unitWordTold(a: { number: string; unit: string }): string;
  /** `unit` is the one that has it again, null where none has. */
  residentDenied(a: { number: string; unit: string | null; text: Quoted | null }): string;
  residentConfirmed(a: { number: string; isSatisfied: boolean; text: Quoted | null }): string;
  // to a unit, of what it reported
  unitAgain(a: { number: string; by: "deputy" | "resident"; dueOn: string }): string;
  unitConfirmed(a: { number: string; by: "deputy" | "resident" }): string;
  // to a station
  deniedAgain(a: { number: string; place: string; text: MaskedQuote; deputy: string | null; times: number }): string;
  // to a resident
  /** A unit is told in chat and the deputy stays in charge; claims nothing of what the unit will do. */
  referredTold(a: { number: string; deputy: string; unit: string; dueOn: Due }): string;
  solved(a: Known & { number: string; deputy: string; text: Quoted }): string;
  /** Solved as the office says, on somebody's word; `text` is its result, null where there is none to tell. */
  officeSolved(a: { number: string; claim: "unit" | "deputy" | "resident"; text: Quoted | null }): string;
  isItFixed(a: { number: string }): Question;
  /** A unit's word that it is done, before anybody looked. */
  unitWord(a: { number: string; unit: string; text: Quoted }): Question;
  notFixedNoted(a: { number: string; unit: string; dueOn: Due }): string;
};
