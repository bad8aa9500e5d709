import type { Inbound, Outbound } from "../../domain/messages/message.ts";
import type { WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { type ParsedBody, parseBody } from "../tencent-callback/body.ts";
import { type AesKey, decrypt, isSignedBy } from "../tencent-callback/crypto.ts";
import { type Fields, textOf } from "../tencent-callback/fields.ts";
import { type Genuine, inboundsOf, quarantined, unreadable } from "./inbound.ts";
import { passiveReply } from "./reply.ts";
import { type Salvaged, salvage } from "./salvage.ts";

/** The keys with which a callback is verified and decrypted. `aesKey` null means plain mode. */
export type WebhookKeys = { readonly appId: string; readonly token: string; readonly aesKey: AesKey | null };

/**
 * The rules for the age of a callback.
 *
 * `maxAgeSeconds` is how far a signed timestamp may lie from `now`, on either side; 0 for any distance. Where our clock
 * was moved for a rehearsal, `unmoved` is the time that platforms have, and either counts.
 */
export type WebhookRules = { readonly now: Date; readonly unmoved?: Date | undefined; readonly maxAgeSeconds: number };

const MAX_BODY_BYTES = 256 * 1024;
const SUCCESS: WebhookReply = { status: 200, contentType: "text/plain", body: "success" };

/**
 * Receives a request to the account's callback address (protocols.md 1).
 *
 * The mode is the account's, not the request's: with an AES key a body without `Encrypt` is refused, or anybody could
 * step down to plain mode. Before the signature is known to be good everything wrong gets one and the same refusal;
 * after it, whatever cannot be read is quarantined and answered like any message.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: WebhookRules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", 413);
  if (!isFresh(request.query.get("timestamp") ?? "", rules)) return refused("timestamp outside the allowed span");
  if (request.method === "GET") return shakeHands(keys, request.query);
  return keys.aesKey === null
    ? receivePlain(keys, request, rules.now)
    : receiveSealed({ ...keys, aesKey: keys.aesKey }, request, rules.now);
}

function shakeHands(keys: WebhookKeys, query: URLSearchParams): WebhookResult {
  const echo = query.get("echostr");
  if (!isSignedBy(query.get("signature"), signedParts(keys, query))) return refused("signature");
  if (echo === null) return refused("a handshake without echostr");
  return { kind: "answered", reply: { status: 200, contentType: "text/plain", body: echo } };
}

function receivePlain(keys: WebhookKeys, { query, body }: WebhookRequest, now: Date): WebhookResult {
  if (!isSignedBy(query.get("signature"), signedParts(keys, query))) return refused("signature");
  return received(keys, { appId: keys.appId, body, now }, parseBody(body), query.get("openid"));
}

/** Only what was encrypted counts: in compat mode the clear fields beside it are not covered by the signature. */
function receiveSealed(
  keys: WebhookKeys & { readonly aesKey: AesKey },
  { query, body }: WebhookRequest,
  now: Date,
): WebhookResult {
  const envelope = parseBody(body);
  const sealed = envelope.ok ? textOf(envelope.fields, "Encrypt") : "";
  if (sealed === "") return refused("no Encrypt, although the account has an AES key");
  if (!isSignedBy(query.get("msg_signature"), [...signedParts(keys, query), sealed])) return refused("signature");
  const opened = decrypt(keys.aesKey, sealed, keys.appId);
  if (opened === null) return refused("Encrypt cannot be opened");
  return received(keys, { appId: keys.appId, body: opened, now }, parseBody(opened), query.get("openid"));
}

function received(keys: WebhookKeys, genuine: Genuine, parsed: ParsedBody, openid: string | null): WebhookResult {
  if (!parsed.ok) {
    const left = salvage(genuine.body, openid);
    return accepted(keys, genuine, left, [unreadable(genuine, parsed.reason, left)]);
  }
  if (isOnlySealed(parsed.fields)) {
    const messages = [quarantined(genuine, "encrypted, but the account has no AES key")];
    return { kind: "received", messages, acknowledgement: SUCCESS, replyWith: () => null };
  }
  const account = textOf(parsed.fields, "ToUserName");
  return accepted(keys, genuine, { format: parsed.format, account }, inboundsOf(genuine, parsed.fields));
}

function accepted(
  keys: WebhookKeys,
  { now }: Genuine,
  { format, account }: Pick<Salvaged, "format" | "account">,
  messages: readonly Inbound[],
): WebhookResult {
  const [only, ...others] = messages;
  const replyWith = (outbound: Outbound) =>
    only === undefined || others.length > 0 ? null : passiveReply({ ...keys, format, account, now }, only, outbound);
  return { kind: "received", messages, acknowledgement: SUCCESS, replyWith };
}

function isOnlySealed(fields: Fields): boolean {
  return textOf(fields, "Encrypt") !== "" && textOf(fields, "MsgType") === "";
}

function signedParts(keys: WebhookKeys, query: URLSearchParams): readonly string[] {
  return [keys.token, query.get("timestamp") ?? "", query.get("nonce") ?? ""];
}

function isFresh(timestamp: string, { now, unmoved = now, maxAgeSeconds }: WebhookRules): boolean {
  if (maxAgeSeconds === 0) return true;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return [now, unmoved].some((clock) => Math.abs(clock.getTime() / 1000 - Number(timestamp)) <= maxAgeSeconds);
}

function refused(reason: string, status = 403): WebhookResult {
  const body = status === 413 ? "too large" : "refused";
  return { kind: "refused", reason, reply: { status, contentType: "text/plain", body } };
}
