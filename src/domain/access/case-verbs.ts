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
] as const;
/** A verb of staff on a case. */
export type Verb = (typeof VERBS)[number];

/** Whether each verb is a station's too, what it needs of the case, and whether it may be done to a sealed one, or to what only counts as one. */
const NEEDS: Readonly<
  Record<Verb, { readonly station: boolean; readonly open: boolean; readonly sealed: boolean | "unless-itself" }>
> = {
  place: { station: false, open: true, sealed: false },
  move: { station: false, open: true, sealed: "unless-itself" },
  answer: { station: true, open: true, sealed: true },
  notes: { station: true, open: false, sealed: true },
  close: { station: true, open: true, sealed: true },
  category: { station: true, open: false, sealed: false },
  deadline: { station: false, open: true, sealed: true },
  seal: { station: true, open: true, sealed: "unless-itself" },
  originals: { station: false, open: false, sealed: true },
  "phone-task": { station: false, open: false, sealed: true },
  phone: { station: true, open: false, sealed: true },
  "phone-result": { station: true, open: false, sealed: true },
};

/**
 * The verbs that a role may apply to a case as it is now, which exists for them; what only counts as sealed can be sealed itself, and
 * moved (to the office).
 */
export function verbsNow(
  role: Role,
  subject: { readonly isOpen: boolean; readonly isSealed: boolean; readonly isSealedItself: boolean },
): Verb[] {
  if (role !== "office" && role !== "station") return [];
  return VERBS.filter((verb) => {
    const needs = NEEDS[verb];
    const isAllowed = !subject.isSealed || (needs.sealed === "unless-itself" ? !subject.isSealedItself : needs.sealed);
    return (role === "office" || needs.station) && (subject.isOpen || !needs.open) && isAllowed;
  });
}
