import type { Due } from "../../calendar/due.ts";
import type { CalledParty } from "../../case/desk.ts";
import type { MaskedQuote, Quoted } from "../../text/quote.ts";
import type { Question } from "../question.ts";
import type { Holder } from "../who-answers.ts";

/** A person whom a station has to ring up, as its list has them: without a name, and with so much of the number as tells two apart. */
export type CallLine = {
  readonly number: string;
  /** The place in the list, from 1. */
  readonly nth: number;
  readonly to: CalledParty;
  /** The name of the deputy, where it is to one. */
  readonly deputy: string | null;
  /** Null where no number is known. */
  readonly maskedPhone: string | null;
  readonly place: string;
  readonly text: MaskedQuote;
  readonly tries: number;
  readonly againOn: string | null;
};

/** A person who comes to the station again, and for whom an answer waits there. */
export type VisitLine = { readonly number: string; readonly place: string; readonly text: MaskedQuote };

/** The reason for which a station cannot give a case to a deputy. */
export type CannotPass = "not-here" | "in-hand" | "goes-with-another" | "away" | "term-ended" | "returned" | "has-it";

/** The sentences to the people of stations, and to whoever had their matter taken down at one. */
export type StationWording = {
  help(a: { station: string }): string;
  /** `holder` is null where the office has it. */
  taken(a: { number: string; holder: Holder }): string;
  /** What stands above the words that the person at the desk hears. */
  readThis(): string;
  /** `canScan`: whether a code for their own chat can be made here. */
  howTold(a: { number: string; canScan: boolean }): Question;
  /** How the person is told of a matter that only the office reads, and nobody else may come near to. */
  howToldSealed(a: { number: string }): string;
  /** No number of a child is kept, and none is bound. */
  howToldMinor(a: { number: string }): string;
  missingWords(): string;
  unclearPlace(a: { offers: readonly string[] }): string;
  placeOfOther(a: { station: string }): string;
  /** The code follows as a picture. */
  codeComes(a: { number: string }): string;
  noCode(a: { number: string }): string;
  askPhone(a: { number: string }): string;
  phoneTaken(a: { number: string; maskedPhone: string }): string;
  notAPhone(): string;
  comesAgain(a: { number: string }): string;
  /** The person has another way already, or the case is none whose person is told so. */
  tooLate(a: { number: string }): string;
  photoTaken(a: { number: string }): string;
  // calls
  calls(a: { station: string; calls: readonly CallLine[]; more: number; visits: readonly VisitLine[] }): string;
  noCall(a: { typed: string }): string;
  whichCall(a: { calls: readonly CallLine[] }): string;
  /** The number, once; `words` is what is to be said. */
  shown(a: { call: CallLine; phones: readonly string[]; words: string }): string;
  /** What is to be said to a deputy who has not answered, or whom nothing reaches. */
  sayToDeputy(a: { number: string; deputy: string; isLate: boolean }): string;
  /** What is said where nothing waits for whoever is called. */
  nothingToSay(): string;
  noNumber(a: { call: CallLine }): string;
  /** `words` is what counts as told now. */
  told(a: { number: string; words: string | null }): string;
  /** More was written since it was shown; nothing counts as told. */
  changed(a: { number: string; words: string }): string;
  /** The entry of the thread where whoever was told heard what was written. */
  toldAsWritten(): string;
  unreached(a: { number: string; againOn: string; days: number }): string;
  givenUp(a: { number: string }): string;
  // cases that nobody answered
  late(a: { number: string; place: string; text: MaskedQuote; deputy: string; dueOn: Due }): string;
  passed(a: { number: string; deputy: string }): string;
  cannotPass(a: { typed: string; why: CannotPass; deputy: string | null }): string;
  whichDeputy(a: { typed: string; deputies: readonly { code: string; name: string }[] }): string;
  // to whoever scans the code of their own matter
  yours(a: { number: string; summary: Quoted; holder: Holder }): string;
  codeOver(): string;
};
