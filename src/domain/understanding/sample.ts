import { addDays, weekday } from "../calendar/days.ts";

/** How many messages of a week are looked at, whatever is done about the others. */
const SAMPLE_SIZE = 10;

/** The Monday of the week that a day is in. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekday(day));
}

/**
 * The sample of each week: those with the lowest lots, so that nobody chooses them and everybody who looks sees the same.
 * @param drawn each with its calendar day and a lot that nobody can foresee
 */
export function weeklySample<T extends { readonly day: string; readonly lot: string }>(
  drawn: readonly T[],
): ReadonlySet<T> {
  const weeks = Map.groupBy(drawn, ({ day }) => mondayOf(day));
  return new Set([...weeks.values()].flatMap((week) => week.toSorted(byLot).slice(0, SAMPLE_SIZE)));
}

function byLot(a: { readonly lot: string }, b: { readonly lot: string }): number {
  return a.lot < b.lot ? -1 : 1;
}
