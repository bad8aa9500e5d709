import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that proves both directions: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`. */
export const SIGNATURE_HEADER = "liaison-signature";

/** The signature of a body, made at a moment. */
export function signatureOf(secret: string, body: Uint8Array | string, at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1000));
  return `t=${seconds},v1=${digestOf(secret, seconds, body)}`;
}

/** The moment at which a body was signed, in seconds since 1970; null where the signature is not its own. */
export function signedAt(secret: string, body: Uint8Array, header: string | null): number | null {
  const [, seconds = "", given = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (seconds === "") return null;
  const right = Buffer.from(digestOf(secret, seconds, body), "hex");
  return timingSafeEqual(right, Buffer.from(given, "hex")) ? Number(seconds) : null;
}

function digestOf(secret: string, seconds: string, body: Uint8Array | string): string {
  return createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex");
}
