import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";

/** The key of one case: whoever destroys the wrapped key destroys every word that was sealed with it. */
type DataKey = {
  seal(text: string): Uint8Array;
  /** @throws Error when the bytes were changed or sealed with another key */
  open(sealed: Uint8Array): string;
  /** Seals what is no text. */
  sealBytes(bytes: Uint8Array): Uint8Array;
  /** @throws Error when the bytes were changed or sealed with another key */
  openBytes(sealed: Uint8Array): Uint8Array;
};

/** A vault: it seals personal and secret values with the installation's master key. */
export type Vault = {
  /** @param purpose what the value is for; the same purpose opens it again, no other does */
  seal(value: string, purpose: string): Uint8Array;
  /** @throws Error when the bytes were changed, or sealed for another purpose or with another master key */
  open(sealed: Uint8Array, purpose: string): string;
  /** A keyed hash that finds a value without storing it; base64url, 43 characters. */
  blindIndex(value: string, purpose: string): string;
  /** A signature that nobody can make who has not the master key; base64url, 43 characters. */
  sign(value: string, purpose: string): string;
  /** Whether a signature is of this value, for this purpose and by this master key. */
  isSigned(value: string, purpose: string, signature: string): boolean;
  /** A fresh data key, and the form in which it may be stored. */
  newKey(purpose: string): { readonly key: DataKey; readonly wrapped: Uint8Array };
  /** @throws Error when the bytes were changed or wrapped for another purpose */
  unwrap(wrapped: Uint8Array, purpose: string): DataKey;
};

/** Stands in front of everything sealed, so that a later version can tell with what it was sealed. */
const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const NONCES_AT_ONCE = 256;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * The vault over a master key.
 *
 * Values are sealed with AES-256-GCM under keys that HKDF-SHA-256 derives from the master key, one each for values,
 * for wrapping data keys, for the keyed hashes and for signatures. Nonces are random: safe for some 10^10 values under one master key.
 * @param master 32 random bytes, `LIAISON_SECRET`
 * @throws RangeError when the master key has another length
 */
export function createVault(master: Uint8Array): Vault {
  if (master.length !== KEY_BYTES) throw new RangeError(`The master key must have ${KEY_BYTES} bytes.`);
  const valueKey = derive(master, "value");
  const wrappingKey = derive(master, "wrapping");
  const indexKey = derive(master, "index");
  const signingKey = derive(master, "signing");
  const nonce = nonceSource();
  const sign = (value: string, purpose: string) => keyedHash(signingKey, value, purpose);
  return {
    seal: (value, purpose) => encrypt(valueKey, Buffer.from(value, "utf8"), purpose, nonce()),
    open: (sealed, purpose) => decrypt(valueKey, sealed, purpose).toString("utf8"),
    blindIndex: (value, purpose) => keyedHash(indexKey, value, purpose),
    sign,
    isSigned(value, purpose, signature) {
      const [one, other] = [Buffer.from(sign(value, purpose)), Buffer.from(signature)];
      return one.length === other.length && timingSafeEqual(one, other);
    },
    newKey(purpose) {
      const key = randomBytes(KEY_BYTES);
      return { key: dataKey(key, nonce), wrapped: encrypt(wrappingKey, key, purpose, nonce()) };
    },
    unwrap: (wrapped, purpose) => dataKey(decrypt(wrappingKey, wrapped, purpose), nonce),
  };
}

function keyedHash(key: KeyObject, value: string, purpose: string): string {
  return createHmac("sha256", key)
    .update(`${Buffer.byteLength(purpose, "utf8")}:${purpose}`)
    .update(value, "utf8")
    .digest("base64url");
}

function dataKey(bytes: Uint8Array, nonce: () => Uint8Array): DataKey {
  const key = createSecretKey(bytes);
  const sealBytes = (bytes: Uint8Array) => encrypt(key, bytes, "", nonce());
  return {
    seal: (text) => sealBytes(Buffer.from(text, "utf8")),
    open: (sealed) => decrypt(key, sealed, "").toString("utf8"),
    sealBytes,
    openBytes: (sealed) => decrypt(key, sealed, ""),
  };
}

function derive(master: Uint8Array, use: "value" | "wrapping" | "index" | "signing"): KeyObject {
  const bytes = hkdfSync("sha256", master, new Uint8Array(), `liaison/${VERSION}/${use}`, KEY_BYTES);
  return createSecretKey(new Uint8Array(bytes));
}

/** Random nonces, each given out once; drawn many at a time, for one draw costs as much as sealing a message. */
function nonceSource(): () => Uint8Array {
  const drawn = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
  let used = drawn.length;
  return () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    used += NONCE_BYTES;
    return drawn.subarray(used - NONCE_BYTES, used);
  };
}

function encrypt(key: KeyObject, plain: Uint8Array, purpose: string, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(additionalData(purpose));
  const body = [cipher.update(plain), cipher.final()];
  return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), ...body]);
}

function decrypt(key: KeyObject, sealed: Uint8Array, purpose: string): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION)
    throw new Error("These bytes were not sealed by this vault.");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(purpose));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
}

function additionalData(purpose: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(VERSION), Buffer.from(purpose, "utf8")]);
}
