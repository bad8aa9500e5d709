/**
 * The deadline of an answer, as it may be told: a day, YYYY-MM-DD, or a number of working days where the holidays up to
 * that day are not known yet.
 */
export type Due = string | { readonly within: number };

/** The deadline as it may be told: the day that was worked out, unless holidays were not known then. */
export function dueOf(one: { readonly dueOn: string; readonly dueWithin: number | null }): Due {
  return one.dueWithin === null ? one.dueOn : { within: one.dueWithin };
}
