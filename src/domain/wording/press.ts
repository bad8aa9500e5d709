import type { Due } from "../calendar/due.ts";
import type { CardDeed, WordedDeed } from "../dialog/deputy/press.ts";

/** A case as its card names it. */
type CardLine = {
  readonly number: string;
  readonly priority: boolean;
  readonly place: string;
  readonly dueOn: Due;
  readonly overdue: boolean;
  readonly isByMinor: boolean;
};

/** The sentences to whoever pressed a button, or changed or took back what they had said. */
export type PressWording = {
  /** The button belongs to something that is over, or says nothing that is known: nothing was changed. */
  pressPassed(): string;
  /** The case is over, or is not the presser's: nothing was changed. */
  pressOver(a: { number: string; isClosed: boolean }): string;
  /** What a deputy writes next is done with the case. */
  askWords(a: { number: string; deed: WordedDeed }): string;
  /** Pressed again while the words are waited for. */
  wordsStillAsked(a: { number: string; deed: WordedDeed }): string;
  /** Taken back before any words: nothing was sent. */
  wordsNotAsked(a: { number: string }): string;
  /** The face of a new case's card: its title, and what is said of it by name. `category` is a topic's name, null where there is none. */
  caseCard(a: { line: CardLine; isReopened: boolean; category: string | null }): {
    readonly title: string;
    readonly facts: readonly (readonly [label: string, value: string])[];
  };
  /** What a button of a case's card does. */
  deed(a: { deed: CardDeed }): string;
  /** What stands on a card afterwards. */
  cardNow(a: { is: "accepted" | "closed" | "gone" | WordedDeed }): string;
  /** To a deputy, or somebody of a unit: what they said first has gone its way, and the change has not. */
  editNotSent(): string;
  /** What somebody took back on their screen is here all the same. */
  recallNoted(a: { isResident: boolean }): string;
};
/** The word that a platform shows for a moment after a button was pressed: it was heard, and nothing more is said to be done. */
export const PRESS_TAKEN: Readonly<Record<"zh" | "en", string>> = { zh: "收到", en: "Received" };
