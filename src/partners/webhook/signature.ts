import { createHmac, timingSafeEqual } from "node:crypto";

/*
 * Standard Webhooks 1.0. Its own library for JavaScript reads the machine's clock when it verifies, and no other one can be
 * given to it: a rehearsal at a moved clock and every test would find all signatures too old. What is left of it are these lines.
 */

const PREFIX = "whsec_";
const VERSION = "v1";
const TOLERANCE_SECONDS = 300;

/** The headers of a call whose signature is looked at. */
type SignedHeaders = Readonly<Record<string, string | undefined>>;

/** The bytes of a secret: those that `whsec_` stands in front of are written in base64, any other text is meant as it stands. */
function keyOf(secret: string): Uint8Array {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : Buffer.from(secret, "utf8");
}

/** The signature of a body under an id and a time, as the header has it. @param seconds since 1970 */
export function signatureOf(secret: string, id: string, seconds: number, body: Uint8Array): string {
  const mac = createHmac("sha256", keyOf(secret)).update(`${id}.${seconds}.`).update(body);
  return `${VERSION},${mac.digest("base64")}`;
}

/** The headers with which a message is sent. */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureOf(secret, id, seconds, Buffer.from(body, "utf8")),
  };
}

/**
 * The id of a call whose signature is right and not older or newer than five minutes by one of the clocks; null otherwise, whatever
 * was wrong with it.
 */
export function verifiedId(
  secret: string,
  headers: SignedHeaders,
  body: Uint8Array,
  times: readonly Date[],
): string | null {
  const { "webhook-id": id = "", "webhook-timestamp": stamp = "", "webhook-signature": given = "" } = headers;
  const seconds = /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
  const isInTime = times.some((at) => Math.abs(at.getTime() / 1000 - seconds) <= TOLERANCE_SECONDS);
  const right = Buffer.from(signatureOf(secret, id, Number.isNaN(seconds) ? 0 : seconds, body));
  const isRight = given.split(" ").some((one) => isSame(Buffer.from(one), right));
  return isRight && isInTime && /^[!-~]{1,200}$/.test(id) ? id : null;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
