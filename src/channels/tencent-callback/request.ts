import { parseBody } from "./body.ts";
import { type AesKey, decrypt, isSignedBy } from "./crypto.ts";
import { textOf } from "./fields.ts";
import { sealedTexts } from "./sealed.ts";

/** The keys with which a sealed callback is verified and decrypted. `owner` is what stands behind its message: an app id, a corp id. */
export type SealKeys = { readonly token: string; readonly aesKey: AesKey; readonly owner: string };

/** The part of a request that is sealed, and signed in its address. */
type SealedRequest = { readonly query: URLSearchParams; readonly body: Uint8Array };

/** A sealed text that was opened, or in a few words why it is refused. */
type Opened = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly reason: string };

/**
 * The rules for the age of a callback.
 *
 * `maxAgeSeconds` is how far a signed timestamp may lie from `now`, on either side; 0 for any distance. Where our clock
 * was moved for a rehearsal, `unmoved` is the time that platforms have, and either counts.
 */
export type FreshRules = { readonly now: Date; readonly unmoved?: Date | undefined; readonly maxAgeSeconds: number };

/** Opens a sealed body: only what was encrypted counts, for clear fields beside it are not covered by the signature. */
export function openSealedBody(keys: SealKeys, { query, body }: SealedRequest): Opened {
  if (query.get("msg_signature") === null) return refused("no msg_signature, although the account has an AES key");
  const sealed = sealedTexts(body).find((one) => isSealSigned(keys, query, one));
  if (sealed === undefined) return refused("signature");
  const envelope = parseBody(body);
  if (!envelope.ok || textOf(envelope.fields, "Encrypt") !== sealed) return refused("an envelope that cannot be read");
  return openSeal(keys, sealed, "Encrypt");
}

/** Opens the sealed echo of a handshake, which WeCom's platforms send, and WeChat's do not. */
export function openSealedEcho(keys: SealKeys, query: URLSearchParams): Opened {
  const sealed = query.get("echostr");
  if (sealed === null) return refused("a handshake without echostr");
  return isSealSigned(keys, query, sealed) ? openSeal(keys, sealed, "echostr") : refused("signature");
}

/** Whether a signed timestamp is as near as the rules want it. */
export function isFresh(timestamp: string, { now, unmoved = now, maxAgeSeconds }: FreshRules): boolean {
  if (maxAgeSeconds === 0) return true;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return [now, unmoved].some((clock) => Math.abs(clock.getTime() / 1000 - Number(timestamp)) <= maxAgeSeconds);
}

function isSealSigned({ token }: SealKeys, query: URLSearchParams, sealed: string): boolean {
  const [timestamp, nonce] = [query.get("timestamp") ?? "", query.get("nonce") ?? ""];
  return isSignedBy(query.get("msg_signature"), [token, timestamp, nonce, sealed]);
}

function openSeal({ aesKey, owner }: SealKeys, sealed: string, name: string): Opened {
  const bytes = decrypt(aesKey, sealed, owner);
  return bytes === null ? refused(`${name} cannot be opened`) : { ok: true, bytes };
}

function refused(reason: string): Opened {
  return { ok: false, reason };
}
