/**
 * The key of a message whose own key a message of another person has: platforms give two people one id under load, and
 * a repetition is what comes with the same key *from the same person*.
 */
export function besideOthers(dedupeKey: string, peer: string): string {
  return `${dedupeKey}_${peer}`;
}

/** The keys under which the message of a person may be stored, the usual one first. */
export function keysOf(dedupeKey: string, peer: string): readonly [string, string] {
  return [dedupeKey, besideOthers(dedupeKey, peer)];
}
