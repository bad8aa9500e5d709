import type { HandoverState } from "../../acts/handover.ts";
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
  // to a deputy
  unitAccepted(a: { number: string; unit: string }): string;
  unitReturned(a: { number: string; unit: string; text: Quoted }): string;
  unitProgress(a: { number: string; unit: string; text: Quoted }): string;
  /** The unit's word, and no more: it is not said that anything was done. */
  unitReported(a: { number: string; unit: string; text: Quoted }): string;
  unitAsksForTime(a: { number: string; unit: string; until: string; text: Quoted }): string;
};
