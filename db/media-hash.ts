import { createHash } from "node:crypto";

/**
 * The name of a photo's file: SHA-256 of its county and its bytes, in hex.
 *
 * The county is in it, so that what one county erases stays where another has the same picture.
 */
export function mediaHash(jurisdictionId: string, bytes: Uint8Array): string {
  return createHash("sha256").update(`${jurisdictionId}\n`).update(bytes).digest("hex");
}

/**
 * Whether a file's content matches its name; an earlier version named photos by their bytes alone, which counts too.
 */
export function isMedia(hash: string, jurisdictionId: string, bytes: Uint8Array): boolean {
  return hash === mediaHash(jurisdictionId, bytes) || hash === createHash("sha256").update(bytes).digest("hex");
}
