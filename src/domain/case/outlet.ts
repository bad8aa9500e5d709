/** The ways on which a case leaves the house: to a unit, to another system, to those who follow what became of a matter, to everybody, as a word that an answer waits, and into another chat of its own resident. */
export const OUTLETS = ["unit", "partner", "audience", "publication", "sms", "other-chat"] as const;
/** A way on which a case leaves the house. */
export type Outlet = (typeof OUTLETS)[number];

/** The properties of a case that decide where it may go. */
export const GOING = ["sealed", "minor", "petition", "unnamed"] as const;
/** A property of a case that decides where it may go. */
export type GoingProperty = (typeof GOING)[number];

/** A case as far as it decides where it may go. */
type Going = Readonly<Record<GoingProperty, boolean>>;

/**
 * The properties with which a case may not go on each way out; every way asks here, also in queries.
 *
 * A sealed one goes nowhere (信访工作条例 art. 30). Of a child a unit alone reads, and that it is a child. A petition is handed to no other
 * system: who it belongs to is told in a notice. Of who stays unnamed nothing is published and nobody else is told what became of it. A
 * telephone may be in other hands: of these three not even that there is an answer. Into another chat of its resident goes nothing of which
 * whoever reads along there, on a family's tablet, must not learn.
 */
export const BARRED: Readonly<Record<Outlet, readonly GoingProperty[]>> = {
  unit: ["sealed"],
  partner: ["sealed", "minor", "petition"],
  audience: ["sealed", "minor", "unnamed"],
  publication: ["sealed", "minor", "unnamed"],
  sms: ["sealed", "minor", "unnamed"],
  "other-chat": ["sealed", "minor", "unnamed"],
};

/** Whether a case may go on a way out; see {@link BARRED}. */
export function mayGoOut(subject: Going, outlet: Outlet): boolean {
  return !BARRED[outlet].some((property) => subject[property]);
}
