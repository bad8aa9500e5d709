import type { HandoverState } from "../../acts/handover.ts";
import type { HandoverChangeKind } from "../../acts/partner.ts";
import type { Due } from "../../calendar/due.ts";
import type { How } from "../../case/claims.ts";
import type { SpokenRole } from "../../dialog/state.ts";
import type { UnitCommand } from "../../dialog/unit/understand-unit.ts";
import type { MaskedQuote, Quoted } from "../../text/quote.ts";
import type { Question } from "../question.ts";

/** A matter as a unit may see it: masked, and never whose it is. */
export type UnitMatter = {
  readonly number: string;
  readonly place: string;
  readonly text: MaskedQuote;
  readonly dueOn: string;
};

/** What was noted of a matter; `isWithDeputy` is whether a deputy has it, and not the office alone. */
type Taken = { readonly number: string; readonly isWithDeputy: boolean };

/** A result as somebody is told it: what its deputy, or the office, says of how it is known. */
type Known = { readonly how: How; readonly unit: string | null };

/** The sentences to the people of units and stations, and to deputies about what a unit says. */
export type BoundWording = {
  boundAs(a: { role: "unit" | "station"; name: string; open: number | null }): string;
  whichRole(a: { roles: readonly { role: SpokenRole["role"]; name: string }[] }): Question;
  /** The office made this chat a deputy's, and its member can refuse. */
  boundByOffice(a: { deputy: string; platform: string; open: number }): string;
  bindingRefused(): string;
  // to a unit
  /** `deputy` is null where the office hands it over. */
  handover(a: UnitMatter & { deputy: string | null; returnBy: string }): string;
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
  returned(a: Taken): string;
  progressTaken(a: Taken): string;
  /** Nothing is told to the resident by a unit's word alone. */
  reportedTaken(a: Taken): string;
  extensionAsked(a: { number: string; until: string }): string;
  takenBack(a: { number: string }): string;
  photoTaken(a: Taken): string;
  /** A photo that may be of several matters; it is kept with none. */
  whosePhoto(a: { matters: readonly UnitMatter[] }): string;
  // to a deputy
  unitShows(a: { number: string; unit: string }): string;
  /** The unit is being told in chat. */
  referTakenTold(a: { number: string; unit: string }): string;
  /** A case stays in the house and no case system of others gets it; nothing was changed. It is never said why: that may be a secret. */
  referStays(a: { number: string; unit: string }): string;
  /** A unit's case system has taken the matter down; it has done nothing yet. */
  partnerTook(a: { number: string; unit: string; externalId: string | null }): string;
  /** A unit's case system could not be reached for long; the office sees to it. */
  partnerFailed(a: { number: string; unit: string }): string;
  /** Stands in the thread where a unit's case system says a state and no words. */
  partnerSaidNothing(): string;
  unitAccepted(a: { number: string; unit: string }): string;
  unitReturned(a: { number: string; unit: string; text: Quoted }): string;
  unitProgress(a: { number: string; unit: string; text: Quoted }): string;
  /** The unit's word, and no more: it is not said that anything was done. */
  unitReported(a: { number: string; unit: string; text: Quoted }): Question;
  /** A unit says that it will not be done, or not wholly, or not now. */
  unitAnswered(a: { number: string; unit: string; result: "partly" | "planned" | "refused"; text: Quoted }): string;
  unitAsksForTime(a: { number: string; unit: string; until: string; text: Quoted }): string;
  /** The office consents to more time. */
  timeGiven(a: { number: string; unit: string; until: string }): string;
  /** A note never reaches a resident. */
  noteTaken(a: { number: string }): string;
  visitTaken(a: { number: string }): string;
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
  /** `correction`: its resident put right what they had said, and wants it looked at again; nobody says that the work was bad. */
  unitAgain(a: { number: string; by: "deputy" | "resident" | "correction"; dueOn: string }): string;
  extended(a: { number: string; dueOn: string }): string;
  notExtended(a: { number: string; dueOn: string }): string;
  unitConfirmed(a: { number: string; by: "deputy" | "resident" }): string;
  /** What changed in a case that a unit has: what its resident put right, or a matter of it that is no part of it any more. */
  unitChanged(a: { number: string; kind: HandoverChangeKind; text: MaskedQuote }): string;
  // to a station
  deniedAgain(a: { number: string; place: string; text: MaskedQuote; deputy: string | null; times: number }): string;
  // to a resident
  /** A unit is told in chat and the deputy stays in charge; claims nothing of what the unit will do. */
  referredTold(a: { number: string; deputy: string; unit: string; dueOn: Due }): string;
  /** A unit has it until a later day; `text` is its reason. */
  unitTakesLonger(a: { number: string; unit: string; until: string; text: Quoted | null }): string;
  solved(a: Known & { number: string; deputy: string; text: Quoted }): string;
  /** Solved as the office says, on somebody's word; `text` is its result, null where there is none to tell. */
  officeSolved(a: { number: string; claim: "unit" | "deputy" | "resident"; text: Quoted | null }): string;
  isItFixed(a: { number: string }): Question;
  /** Once, beside the answer to something else; nothing depends on it. */
  verdictReminder(a: { number: string }): string;
  /** A unit's word that it is done, before anybody looked. */
  unitWord(a: { number: string; unit: string; isWithDeputy: boolean; text: Quoted }): Question;
  notFixedNoted(a: { number: string; unit: string; dueOn: Due }): string;
};
