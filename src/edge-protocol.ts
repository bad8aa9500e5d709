import { createHmac, timingSafeEqual } from "node:crypto";

/** The header in which edge and service prove to each other that a call is theirs. */
export const SIGNATURE_HEADER = "liaison-signature";

/** The largest body of a platform's request that is taken in, in bytes. */
export const LARGEST_REQUEST_BYTES = 256 * 1024;

/**
 * A request of a platform as the edge received and hands it over: raw, so that the service reads and verifies it again.
 *
 * `id` is a digest of all else but the moment: a repetition has the same. `body` is what was sent where that is UTF-8, otherwise `base64` holds it.
 */
export type HandedRequest = {
  readonly id: string;
  /** When the edge received it. */
  readonly at: string;
  readonly method: "GET" | "POST";
  /** As it stood in the address, without its question mark. */
  readonly query: string;
  /** Those that the channel read. */
  readonly headers: Readonly<Record<string, string>>;
} & ({ readonly body: string } | { readonly base64: string });

/** The state of one account's line at the edge: what waits, and what the service refused. */
export type DoorState = {
  readonly channel: string;
  readonly account: string;
  readonly waiting: number;
  /** When the oldest that waits was received; null where nothing does. */
  readonly since: string | null;
  /** By the edge's clock; 0 where nothing waits. */
  readonly oldestSeconds: number;
  readonly refused: number;
  /** Why the last try failed; null where it did not. */
  readonly failure: string | null;
};

/** A request that the service refused, without what stands in it. */
export type RefusedRequest = {
  readonly channel: string;
  readonly account: string;
  readonly id: string;
  readonly receivedAt: string;
  readonly refusedAt: string;
  readonly reason: string;
  readonly bytes: number;
};

/** The signature of a body, for its header. @param secret EDGE_SECRET */
export function signatureOf(secret: string, body: string | Uint8Array, at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1000));
  return `t=${seconds},v1=${digest(secret, seconds, body).toString("hex")}`;
}

const TOLERANCE_S = 5 * 60;

/** Whether a header proves a body: made with this secret, at most five minutes from now on either side. */
export function isSigned(secret: string, body: string | Uint8Array, header: string | null, now: Date): boolean {
  const [, seconds, claimed] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (seconds === undefined || claimed === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > TOLERANCE_S) return false;
  return timingSafeEqual(digest(secret, seconds, body), Buffer.from(claimed, "hex"));
}

function digest(secret: string, seconds: string, body: string | Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${seconds}.`).update(body).digest();
}
