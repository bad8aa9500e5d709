/** The form of a timestamp that a loose signature may cover: another number of digits would let them wander into the nonce. */
const TIMESTAMP = /^\d{10}$/;
/** The form of a nonce; platforms send digits, and nothing is gained by losing a message over a letter. */
const NONCE = /^[\w-]{1,64}$/;
const TIMESTAMP_DIGITS = 10;

/** Whether timestamp and nonce have the form in which a signature over them alone may be believed. */
export function hasLooseForm(timestamp: string, nonce: string): boolean {
  return TIMESTAMP.test(timestamp) && NONCE.test(nonce);
}

/**
 * The latest timestamp as which the bytes under a loose signature can be read, in seconds since 1970.
 *
 * The parts are sorted and joined without anything between them: what was signed as one timestamp and nonce may be shown
 * later as others (exchanged, say), under the same signature. The signature must be remembered until the last of these
 * readings is too old.
 * @param timestamp of 10 digits; see {@link hasLooseForm}
 */
export function latestReading(token: string, timestamp: string, nonce: string): number {
  const signed = [token, timestamp, nonce].sort().join("");
  let latest = Number(timestamp);
  for (let at = 0; at + TIMESTAMP_DIGITS <= signed.length; at += 1) {
    const read = signed.slice(at, at + TIMESTAMP_DIGITS);
    if (!TIMESTAMP.test(read) || Number(read) <= latest) continue;
    const rest = signed.slice(0, at) + signed.slice(at + TIMESTAMP_DIGITS);
    const nonces = [
      ...(rest.startsWith(token) ? [rest.slice(token.length)] : []),
      ...(rest.endsWith(token) ? [rest.slice(0, rest.length - token.length)] : []),
    ];
    const isReading = (other: string) => NONCE.test(other) && [token, read, other].sort().join("") === signed;
    if (nonces.some(isReading)) latest = Number(read);
  }
  return latest;
}
