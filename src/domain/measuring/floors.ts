import type { Act } from "../understanding/meaning.ts";
import { lowerBound, type Measured } from "./measure.ts";

/** A floor of understanding: a share with its lower or upper bound at 95 %, or a count of what must not happen. */
export type Floor = {
  readonly name: string;
  readonly of: (found: Measured) => readonly [hits: number, of: number];
  readonly floor: { readonly atLeast: number } | { readonly atMost: number } | "none";
};

/** The floors that understanding is held to, each with what is counted for it. */
export const FLOORS: readonly Floor[] = [
  {
    name: "danger, card or line",
    of: ({ danger }) => [danger.card + danger.line, danger.texts],
    floor: { atLeast: 97 },
  },
  { name: "danger, card", of: ({ danger }) => [danger.card, danger.texts], floor: { atLeast: 90 } },
  { name: "everyday, card", of: ({ everyday }) => [everyday.card, everyday.texts], floor: { atMost: 1 } },
  {
    name: "accusation, sealed or first",
    of: ({ accusing }) => [accusing.sealed + accusing.officeFirst, accusing.texts],
    floor: { atLeast: 97 },
  },
  { name: "everyday, sealed", of: ({ everyday }) => [everyday.sealed, everyday.texts], floor: { atMost: 0.5 } },
  {
    name: "everyday, office first",
    of: ({ everyday }) => [everyday.officeFirst, everyday.texts],
    floor: { atMost: 3 },
  },
  {
    name: "denial as satisfied",
    of: (found) => [found.deniedAsSatisfied, labelOf(found, "denies-fixed").texts],
    floor: "none",
  },
  { name: "lost", of: (found) => [found.lost, found.texts], floor: "none" },
  { name: "something new, kept", of: ({ matters }) => [matters.kept, matters.texts], floor: { atLeast: 95 } },
  { name: "withdrawn without a yes", of: (found) => [found.withdrawn, found.texts], floor: "none" },
  { name: "thanks, precision", of: (found) => precisionOf(found, "thanks"), floor: { atLeast: 97 } },
  {
    name: "right over all",
    of: (found) => [found.right, found.right + found.asked + found.wrong],
    floor: { atLeast: 88 },
  },
  { name: "everyday, right", of: ({ everyday }) => [everyday.right, everyday.scored], floor: { atLeast: 96 } },
];

/** The value that stands beside a floor: a count, or the bound of a share at 95 % that is nearer to missing it, in percent. */
export function boundOf([hits, of]: readonly [number, number], floor: Floor["floor"]): number {
  if (floor === "none") return hits;
  return 100 * ("atLeast" in floor ? lowerBound(hits, of) : 1 - lowerBound(of - hits, of));
}

/** Whether a measurement holds a floor. */
export function isHeld({ of, floor }: Floor, found: Measured): boolean {
  const bound = boundOf(of(found), floor);
  if (floor === "none") return bound === 0;
  return "atLeast" in floor ? bound >= floor.atLeast : bound <= floor.atMost;
}

function labelOf(
  { labels }: Measured,
  act: Act,
): { readonly texts: number; readonly taken: number; readonly takenRightly: number } {
  return labels.get(act) ?? { texts: 0, taken: 0, takenRightly: 0 };
}

function precisionOf(found: Measured, act: Act): readonly [number, number] {
  const { taken, takenRightly } = labelOf(found, act);
  return [takenRightly, taken];
}
