import { CASE_NUMBER } from "../../case/case.ts";

/** The deeds behind the buttons of a case's card, by the letter with which their keys begin. */
const DEEDS = { a: "accept", r: "reply", t: "refer", c: "close" } as const;

/** A deed behind a button of a case's card. */
export type CardDeed = (typeof DEEDS)[keyof typeof DEEDS];

/** A deed that needs words, which its deputy is asked for. */
export type WordedDeed = Exclude<CardDeed, "accept">;

/** The deeds of a new case's card, in the order of its buttons. */
export const CARD_DEEDS = Object.values(DEEDS);

/** The key behind the button of a card: the deed and the case, and nothing that allows it to anybody. */
export function pressKey(deed: CardDeed, number: string): string {
  const [letter] = Object.entries(DEEDS).find(([, one]) => one === deed) ?? ["a"];
  return `${letter}_${number}`;
}

/** The deed and the case that the key of a pressed button names; null for a key that is none of ours. */
export function pressedIn(key: string): { readonly deed: CardDeed; readonly number: string } | null {
  const [, letter, number = ""] = /^([artc])_(.+)$/.exec(key) ?? [];
  if (letter === undefined || !CASE_NUMBER.test(number)) return null;
  return { deed: DEEDS[letter as keyof typeof DEEDS], number };
}
