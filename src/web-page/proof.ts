import { isProof, proofWords } from "../domain/web-chat/proof.ts";

/** Proves the work that a challenge asks for; half a second of an old phone, sometimes a few. */
export async function prove(challenge: string): Promise<string> {
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(proofWords(challenge, String(nonce))));
    if (isProof(new Uint8Array(digest))) return String(nonce);
  }
}
