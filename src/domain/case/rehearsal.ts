/** The kind of channel of simulated residents, whose chats are in the console alone. */
export const REHEARSAL_CHANNEL = "rehearsal";

/** The beginning of the numbers of cases of rehearsals: a series of their own. */
export const REHEARSAL_PREFIX = "P-";

/** Whether the number of a case is one of a rehearsal. */
export function isRehearsalNumber(number: string): boolean {
  return number.startsWith(REHEARSAL_PREFIX);
}
