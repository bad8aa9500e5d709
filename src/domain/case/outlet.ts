/** The ways on which a case leaves the house: to a unit, to another system, to those who follow what became of a matter, to everybody. */
export const OUTLETS = ["unit", "partner", "audience", "publication"] as const;
/** A way on which a case leaves the house. */
export type Outlet = (typeof OUTLETS)[number];

/** A case as far as it decides where it may go. */
type Going = {
  readonly sealed: boolean;
  readonly minor: boolean;
  readonly petition: boolean;
  readonly unnamed: boolean;
};

/**
 * Whether a case may go on a way out; every way asks here.
 *
 * A sealed one goes nowhere (信访工作条例 art. 30). Of a child a unit alone reads, and that it is a child. A petition is handed to no other
 * system: who it belongs to is told in a notice. Of who stays unnamed nothing is published and nobody else is told what became of it.
 */
export function mayGoOut({ sealed, minor, petition, unnamed }: Going, outlet: Outlet): boolean {
  if (sealed) return false;
  switch (outlet) {
    case "unit":
      return true;
    case "partner":
      return !minor && !petition;
    case "audience":
    case "publication":
      return !minor && !unnamed;
  }
}
