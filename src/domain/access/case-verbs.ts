import type { Role } from "./roles.ts";

/** The verbs of staff on a case. */
const VERBS = [
  "place",
  "move",
  "answer",
  "notes",
  "close",
  "category",
  "deadline",
  "seal",
  "originals",
  "phone-task",
  "phone",
  "phone-result",
  "handover",
  "acknowledge",
  "minor",
  "petition",
  "petition-notice",
  "transcript",
  "merge",
  "unmerge",
  "split",
  "unseal",
  "unseal/confirm",
  "unseal/refuse",
] as const;
/** A verb of staff on a case. */
export type Verb = (typeof VERBS)[number];

/** A verb's needs: `led` is whether it may be done to a case that goes with an open one; `only`: to no case without a leading one. */
type Needs = {
  readonly station: boolean;
  readonly open: boolean;
  readonly sealed: boolean | "unless-itself" | "only-itself";
  readonly led?: false | "only";
};

/** Whether each verb is a station's too, what it needs of the case, and whether it may be done to a sealed one, or to what only counts as one. */
const NEEDS: Readonly<Record<Verb, Needs>> = {
  place: { station: false, open: true, sealed: false, led: false },
  move: { station: false, open: true, sealed: "unless-itself", led: false },
  answer: { station: true, open: true, sealed: true },
  notes: { station: true, open: false, sealed: true },
  close: { station: true, open: true, sealed: true },
  category: { station: true, open: false, sealed: false },
  deadline: { station: false, open: true, sealed: true },
  merge: { station: false, open: true, sealed: false, led: false },
  unmerge: { station: false, open: false, sealed: false, led: "only" },
  split: { station: false, open: true, sealed: false, led: false },
  unseal: { station: false, open: false, sealed: "only-itself" },
  "unseal/confirm": { station: false, open: false, sealed: "only-itself" },
  "unseal/refuse": { station: false, open: false, sealed: "only-itself" },
  seal: { station: true, open: true, sealed: "unless-itself" },
  originals: { station: false, open: false, sealed: true },
  "phone-task": { station: false, open: false, sealed: true },
  phone: { station: true, open: false, sealed: true },
  acknowledge: { station: true, open: true, sealed: true },
  "phone-result": { station: true, open: false, sealed: true },
  minor: { station: false, open: false, sealed: true },
  petition: { station: false, open: true, sealed: false },
  "petition-notice": { station: false, open: false, sealed: false },
  transcript: { station: false, open: true, sealed: false, led: false },
  handover: { station: false, open: true, sealed: false, led: false },
};

/** A case as far as it decides what may be done to it; `isLinked` where it goes with another one, `isLed` where that is open. */
type Acted = {
  readonly isOpen: boolean;
  readonly isSealed: boolean;
  readonly isSealedItself: boolean;
  readonly isLed: boolean;
  readonly isLinked: boolean;
  /** Whether it is a danger of which nobody has said yet that they see to it. */
  readonly isUnheeded: boolean;
};

/**
 * The verbs that a role may apply to a case as it is now, which exists for them; what only counts as sealed can be sealed itself, and
 * moved (to the office).
 */
export function verbsNow(role: Role, subject: Acted): Verb[] {
  if (role !== "office" && role !== "station") return [];
  return VERBS.filter((verb) => {
    const { station, open, sealed, led } = NEEDS[verb];
    if ((role !== "office" && !station) || (open && !subject.isOpen)) return false;
    if (verb === "acknowledge" && !subject.isUnheeded) return false;
    if (led === "only" ? !subject.isLinked : led === false && subject.isLed) return false;
    if (sealed === "only-itself") return subject.isSealedItself;
    return !subject.isSealed || (sealed === "unless-itself" ? !subject.isSealedItself : sealed);
  });
}
