import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that holds the signature of a request, in either direction. */
export const SIGNATURE_HEADER = "liaison-signature";

const FRESH_MS = 5 * 60_000;
const FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** The signature of a request at a moment: over the second and the body, or over `GET <path>` where there is no body. */
export function signatureOf(secret: string, signed: string | Uint8Array, at: Date): string {
  const second = Math.floor(at.getTime() / 1000);
  return `t=${second},v1=${digest(secret, String(second), signed).toString("hex")}`;
}

/** Whether a signature is of this secret and these bytes, and not older or newer than five minutes. */
export function isGenuine(secret: string, signed: string | Uint8Array, header: string | undefined, now: Date): boolean {
  const [, second = "", given = ""] = FORM.exec(header ?? "") ?? [];
  if (second === "" || Math.abs(now.getTime() - Number(second) * 1000) > FRESH_MS) return false;
  return timingSafeEqual(digest(secret, second, signed), Buffer.from(given, "hex"));
}

function digest(secret: string, second: string, signed: string | Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${second}.`).update(signed).digest();
}
