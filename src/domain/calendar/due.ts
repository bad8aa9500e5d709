/**
 * By when somebody hears from the service, as it may be said: a day, YYYY-MM-DD, or within how many working days of what
 * they said, where the holidays up to that day are not known yet.
 */
export type Due = string | { readonly within: number };

/** What may be said of a day that was worked out: the day itself, unless holidays were not known when it was. */
export function dueOf(one: { readonly dueOn: string; readonly dueWithin: number | null }): Due {
  return one.dueWithin === null ? one.dueOn : { within: one.dueWithin };
}
