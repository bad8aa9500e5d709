import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that holds the signature of a request, in either direction. */
export const SIGNATURE_HEADER = "liaison-signature";

const FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** The signature of a request at a moment: over the second and the body, or over `GET <path>` where there is no body. */
export function signatureOf(secret: string, signed: string | Uint8Array, at: Date): string {
  const second = String(Math.floor(at.getTime() / 1000));
  return `t=${second},v1=${digest(secret, second, signed).toString("hex")}`;
}

/** The second at which these bytes were signed with this secret, as it stands in the header; null where the signature is not theirs. */
export function secondSigned(secret: string, signed: Uint8Array, header: string | null): string | null {
  const [, second = "", given = ""] = FORM.exec(header ?? "") ?? [];
  if (second === "" || !timingSafeEqual(digest(secret, second, signed), Buffer.from(given, "hex"))) return null;
  return second;
}

function digest(secret: string, second: string, signed: string | Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${second}.`).update(signed).digest();
}
