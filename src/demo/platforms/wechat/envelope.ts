import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const BLOCK = 32;

/** The platform's signature: SHA-1 over the parts in ordinal order, lower-case hex. */
export function sign(...parts: readonly string[]): string {
  return createHash("sha1")
    .update([...parts].sort().join(""))
    .digest("hex");
}

function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, "base64");
}

/**
 * Encrypts a text as the platform does: AES-256-CBC over `random(16) | length | text | AppID`, padded to 32.
 *
 * @param encodingAesKey the 43 characters of the console
 * @returns base64
 */
export function seal(text: string, encodingAesKey: string, appId: string): string {
  const key = keyOf(encodingAesKey);
  const message = Buffer.from(text, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(appId, "utf8")]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    "base64",
  );
}

/**
 * Decrypts what an account encrypted in its passive reply.
 *
 * @returns null when the length, the padding or the AppID at the end is not what the platform expects
 */
export function open(sealed: string, encodingAesKey: string, appId: string): string | null {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || padded.length - pad < 20) return null;
  const plain = padded.subarray(0, padded.length - pad);
  const end = 20 + plain.readUInt32BE(16);
  if (end > plain.length || plain.subarray(end).toString("utf8") !== appId) return null;
  return plain.subarray(20, end).toString("utf8");
}
