/** The levels of People's Congresses, nearest to the people first. */
export const DEPUTY_LEVELS = ["township", "county", "city", "provincial", "national"] as const;
/** The level of the People's Congress to which a deputy belongs. */
export type DeputyLevel = (typeof DEPUTY_LEVELS)[number];
/** The rank of each level: a lower one is nearer to the people. */
const RANKS: Readonly<Record<DeputyLevel, number>> = { township: 0, county: 1, city: 2, provincial: 3, national: 4 };

/** The facts of a deputy at one moment by which routing ranks them. */
export type DeputyFacts = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly role: "primary" | "backup";
  readonly openCases: number;
  /** Last day of the term, YYYY-MM-DD. */
  readonly untilOn: string | null;
  /** ISO moment until which the deputy is away; null when present. */
  readonly awayUntil: string | null;
  /** The code of whoever stands in while this one is away, or follows in office; none where nobody is named. */
  readonly substitute?: string | null;
};

/** Whether a deputy's term covers a day, YYYY-MM-DD. */
export function isInOffice({ untilOn }: Pick<DeputyFacts, "untilOn">, on: string): boolean {
  return untilOn === null || untilOn >= on;
}

/** Whether a deputy is in office on a day and not away. */
export function isPresent(deputy: Pick<DeputyFacts, "untilOn" | "awayUntil">, on: string): boolean {
  return deputy.awayUntil === null && isInOffice(deputy, on);
}

/** Whether the first level is above the second, and so farther from the people. */
export function isAbove(level: DeputyLevel, other: DeputyLevel): boolean {
  return RANKS[level] > RANKS[other];
}

/** The deputies in order of nearness: the lowest level first, primary before backup, then who has the fewest open cases. */
export function byNearness(deputies: readonly DeputyFacts[]): DeputyFacts[] {
  return [...deputies].sort(
    (a, b) =>
      RANKS[a.level] - RANKS[b.level] ||
      Number(a.role === "backup") - Number(b.role === "backup") ||
      a.openCases - b.openCases ||
      (a.code < b.code ? -1 : 1),
  );
}
