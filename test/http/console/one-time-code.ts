import { createHmac } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** The half minutes whose codes were given already, by secret: none is taken twice. */
const given = new Map<string, number>();

/** A code has to arrive before the next half minute but one begins; a busy machine takes so long for it at most. */
const ARRIVES_WITHIN_MS = 4_000;

/** The next code of an authenticator that is taken now, for an `otpauth://` address: three of them follow at once. */
export function codeOf(uri: string): string {
  const last = given.get(uri) ?? 0;
  const left = STEP_MS - (Date.now() % STEP_MS);
  const isOldest = last + 1 < Math.floor(Date.now() / STEP_MS);
  if (isOldest && left < ARRIVES_WITHIN_MS) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left);
  const now = Math.floor(Date.now() / STEP_MS);
  const step = Math.max(now - 1, last + 1);
  given.set(uri, step);
  return codeAt(uri, step - now);
}

/** The code of an authenticator by RFC 6238. @param steps how many half minutes from now */
export function codeAt(uri: string, steps: number): string {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const bits = [...secret.replaceAll("=", "")]
    .map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A code of six digits that is not the one of now, nor of its neighbours. */
export function wrongCodeOf(uri: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => codeAt(uri, steps)));
  return ["123456", "654321", "111222", "333444", "555666", "777888"].find((code) => !right.has(code)) ?? "000000";
}
