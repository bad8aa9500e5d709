const LONGEST_NAME = 100;

/**
 * The name of an author or reviewer of rules, as it is kept;  null for what is no name of 1 to 100 signs.
 *
 * Whoever comes over the API is called by the name of the token: it is never given twice in a county, not even after the
 * token was revoked.
 */
export function personName(written: string): string | null {
  const name = written.normalize("NFKC").trim().replaceAll(/\s+/g, " ");
  return name === "" || name.length > LONGEST_NAME || /\p{C}/u.test(name) ? null : name;
}

/** Whether two names may mean the same person, regardless of case. */
export function isSamePerson(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
