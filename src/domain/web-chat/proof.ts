/** The work that a newcomer's page proves when many come at once: so many bits of a digest are zero, half a second of an old phone. */
const PROOF_BITS = 12;

/** A challenge can be answered for so long. */
export const PROOF_MS = 2 * 60_000;

/** A challenge: to be used once, and until a moment. */
export type Challenge = { readonly id: string; readonly until: Date };

/** The words of a challenge, which are signed. */
export function challengeWords({ id, until }: Challenge): string {
  return `${id}.${until.getTime()}`;
}

/** Reads a challenge; null where it is none. */
export function readChallenge(words: string): Challenge | null {
  const [, id, until] = /^([A-Za-z0-9_-]{16,64})\.(\d{13,14})$/.exec(words) ?? [];
  return id === undefined || until === undefined ? null : { id, until: new Date(Number(until)) };
}

/** The words whose SHA-256 digest is the proof. */
export function proofWords(challenge: string, nonce: string): string {
  return `${challenge}:${nonce}`;
}

/** Whether a digest proves the work. */
export function isProof(digest: Uint8Array, bits: number = PROOF_BITS): boolean {
  let zeros = 0;
  for (const byte of digest) {
    const ofByte = Math.clz32(byte) - 24;
    zeros += ofByte;
    if (ofByte < 8) break;
  }
  return zeros >= bits;
}
