import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

const BLOCK = 32;
const RANDOM_BYTES = 16;
const HEADER_BYTES = RANDOM_BYTES + 4;
const AES_KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The signature of a callback: SHA-1 over its parts, sorted by code unit and joined.
 *
 * @param parts token, timestamp and nonce; in compat and safe mode also the text of `Encrypt`
 * @returns lower-case hexadecimal
 */
export function signatureOf(parts: readonly string[]): string {
  return hash("sha1", [...parts].sort().join(""));
}

/** Whether a claimed signature is the right one, compared in constant time; false for one of another length. */
export function isSignedBy(claimed: string | null, parts: readonly string[]): boolean {
  const expected = Buffer.from(signatureOf(parts));
  const given = Buffer.from(claimed ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** An imported AES key: node:crypto takes several times as long with one that is still bytes. */
export type AesKey = { readonly key: KeyObject; readonly iv: Uint8Array };

/**
 * The AES key behind an EncodingAESKey of 43 characters; its first half is the initialisation vector.
 *
 * The last character may carry bits that belong to no byte (`…HmHBS`); they are ignored, as the platform does.
 * @returns null when the text is no such key
 */
export function aesKeyOf(encodingAesKey: string): AesKey | null {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) return null;
  const bytes = Buffer.from(`${encodingAesKey}=`, "base64");
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, AES_KEY_BYTES / 2) };
}

/**
 * Encrypts a text as the platform does: AES-256-CBC over 16 random bytes, length, message and AppID, padded to 32
 * bytes.
 *
 * @param random 16 bytes; new ones for every message outside tests
 * @returns base64
 */
export function encrypt(
  { key, iv }: AesKey,
  message: string,
  appId: string,
  random = randomBytes(RANDOM_BYTES),
): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const content = Buffer.concat([random, length, body, Buffer.from(appId)]);
  const pad = BLOCK - (content.length % BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    "base64",
  );
}

/**
 * Decrypts what {@link encrypt} or the platform encrypted.
 *
 * Node's own padding check is off, for it knows blocks of 16 only and would refuse good messages; padding, length and
 * AppID are checked here.
 * @returns the bytes of the message, or null for whatever is wrong: the caller must not tell one failure from another
 */
export function decrypt({ key, iv }: AesKey, ciphertext: string, appId: string): Buffer | null {
  if (ciphertext.length % 4 !== 0 || !BASE64.test(ciphertext)) return null;
  const sealed = Buffer.from(ciphertext, "base64");
  if (sealed.length < BLOCK || sealed.length % 16 !== 0) return null;
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || padded.length - pad < HEADER_BYTES) return null;
  if (!padded.subarray(-pad).every((byte) => byte === pad)) return null;
  const content = padded.subarray(0, -pad);
  const end = HEADER_BYTES + content.readUInt32BE(RANDOM_BYTES);
  const owner = Buffer.from(appId);
  if (end + owner.length !== content.length || !timingSafeEqual(content.subarray(end), owner)) return null;
  return content.subarray(HEADER_BYTES, end);
}
