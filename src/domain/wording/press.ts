/** The sentences to whoever pressed a button, or changed or took back what they had said. */
export type PressWording = {
  /** The button belongs to something that is over, or says nothing that is known: nothing was changed. */
  pressPassed(): string;
  /** To a deputy, or somebody of a unit: what they said first has gone its way, and the change has not. */
  editNotSent(): string;
  /** What somebody took back on their screen is here all the same. */
  recallNoted(a: { isResident: boolean }): string;
};
/** The word that a platform shows for a moment after a button was pressed: it was heard, and nothing more is said to be done. */
export const PRESS_TAKEN: Readonly<Record<"zh" | "en", string>> = { zh: "收到", en: "Received" };
