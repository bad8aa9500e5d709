import { createHash, randomBytes } from "node:crypto";
import type { Vault } from "../../../db/vault.ts";
import { challengeWords, isProof, PROOF_MS, proofWords, readChallenge } from "../../domain/web-chat/proof.ts";

const PURPOSE = "web-challenge";

/** Draws a challenge for a newcomer's page, signed and good for two minutes. */
export function drawChallenge(vault: Vault, account: string, now: Date): string {
  const words = challengeWords({
    id: randomBytes(16).toString("base64url"),
    until: new Date(now.getTime() + PROOF_MS),
  });
  return `${words}!${vault.sign(`${account} ${words}`, PURPOSE)}`;
}

/** The id of a challenge that was proved; null where it was not, is too old, or was not drawn here. That it serves once, the database sees to. */
export function provedChallenge(
  vault: Vault,
  account: string,
  given: { readonly challenge: string; readonly nonce: string },
  now: Date,
): string | null {
  const [words = "", signature = ""] = given.challenge.split("!");
  const challenge = readChallenge(words);
  if (challenge === null || challenge.until < now) return null;
  if (!vault.isSigned(`${account} ${words}`, PURPOSE, signature)) return null;
  const digest = createHash("sha256")
    .update(proofWords(given.challenge, given.nonce.slice(0, 32)))
    .digest();
  return isProof(digest) ? challenge.id : null;
}
