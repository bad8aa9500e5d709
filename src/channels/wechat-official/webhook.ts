import { createHash } from "node:crypto";
import type { Inbound, Outbound } from "../../domain/messages/message.ts";
import type { LooseSignature, WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { type ParsedBody, parseBody } from "../tencent-callback/body.ts";
import { type AesKey, isSignedBy } from "../tencent-callback/crypto.ts";
import { type Fields, textOf } from "../tencent-callback/fields.ts";
import { hasLooseForm, latestReading } from "../tencent-callback/loose-signature.ts";
import { type FreshRules, isFresh, openSealedBody } from "../tencent-callback/request.ts";
import { type Genuine, inboundsOf, quarantined, unreadable } from "./inbound.ts";
import { passiveReply } from "./reply.ts";
import { type Salvaged, salvage } from "./salvage.ts";

/**
 * The keys with which a callback is verified and decrypted, and whether its answers never carry words. `aesKey` null
 * means plain mode.
 */
export type WebhookKeys = {
  readonly appId: string;
  readonly token: string;
  readonly aesKey: AesKey | null;
  readonly isMute?: boolean;
};

const MAX_BODY_BYTES = 256 * 1024;
const SUCCESS: WebhookReply = { status: 200, contentType: "text/plain", body: "success" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/**
 * Receives a request to the account's callback address (protocols.md 1).
 *
 * The mode is the account's, not the request's: with an AES key a body without `Encrypt` is refused, or anybody could
 * step down to plain mode. Before the signature is known to be good everything wrong gets one and the same refusal;
 * after it, whatever cannot be read is quarantined and answered like any message.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: FreshRules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (!isFresh(request.query.get("timestamp") ?? "", rules)) return refused("timestamp outside the allowed span");
  if (keys.aesKey !== null) {
    return request.method === "GET"
      ? shakeHands(keys, request.query)
      : receiveSealed({ ...keys, aesKey: keys.aesKey }, request, rules.now);
  }
  const result = request.method === "GET" ? shakeHands(keys, request.query) : receivePlain(keys, request, rules.now);
  return result.kind === "refused" ? result : { ...result, loose: looseSignature(keys, request, rules) };
}

function shakeHands(keys: WebhookKeys, query: URLSearchParams): WebhookResult {
  const echo = query.get("echostr");
  if (!isSigned(keys, query)) return refused("signature");
  if (echo === null) return refused("a handshake without echostr");
  return { kind: "answered", reply: { status: 200, contentType: "text/plain", body: echo } };
}

function receivePlain(keys: WebhookKeys, { query, body }: WebhookRequest, now: Date): WebhookResult {
  if (!isSigned(keys, query)) return refused("signature");
  return received(keys, { appId: keys.appId, body, now }, parseBody(body), query.get("openid"));
}

/** Whether timestamp and nonce are signed: all that a handshake proves in any mode, and a message in plain mode. */
function isSigned(keys: WebhookKeys, query: URLSearchParams): boolean {
  const { timestamp, nonce } = signed(query);
  if (keys.aesKey === null && !hasLooseForm(timestamp, nonce)) return false;
  return isSignedBy(query.get("signature"), signedParts(keys, query));
}

/** The signature of a request in plain mode: which request it serves, and until when it could serve another. */
function looseSignature(keys: WebhookKeys, request: WebhookRequest, rules: FreshRules): LooseSignature {
  const { method, query, body } = request;
  const { timestamp, nonce } = signed(query);
  const open = createHash("sha256").update(JSON.stringify([method, timestamp, nonce, query.get("echostr")]));
  const { now, unmoved = now, maxAgeSeconds } = rules;
  // By a clock that is ahead of the platform's, a signature is still fresh when it seems old.
  const aheadMs = Math.max(0, now.getTime() - unmoved.getTime());
  const lastFreshMs = (latestReading(keys.token, timestamp, nonce) + maxAgeSeconds) * 1000 + aheadMs;
  return {
    signature: query.get("signature") ?? "",
    servesFor: open.update(body).digest("hex"),
    until: maxAgeSeconds === 0 ? null : new Date(lastFreshMs),
    refusal: REFUSAL,
  };
}

/** In compat mode the clear fields beside what was encrypted are not covered by the signature. */
function receiveSealed(
  keys: WebhookKeys & { readonly aesKey: AesKey },
  request: WebhookRequest,
  now: Date,
): WebhookResult {
  const { appId } = keys;
  const opened = openSealedBody({ ...keys, owner: appId }, request);
  if (!opened.ok) return refused(opened.reason);
  return received(keys, { appId, body: opened.bytes, now }, parseBody(opened.bytes), request.query.get("openid"));
}

function received(keys: WebhookKeys, genuine: Genuine, parsed: ParsedBody, openid: string | null): WebhookResult {
  if (!parsed.ok) {
    const left = salvage(genuine.body, openid);
    return accepted(keys, genuine, left, [unreadable(genuine, parsed.reason, left)]);
  }
  if (isOnlySealed(parsed.fields)) {
    const messages = [quarantined(genuine, "encrypted, but the account has no AES key")];
    return { kind: "received", messages, nudges: [], acknowledgement: SUCCESS, replyWith: () => null };
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
    only === undefined || others.length > 0 || keys.isMute === true
      ? null
      : passiveReply({ ...keys, format, account, now }, only, outbound);
  return { kind: "received", messages, nudges: [], acknowledgement: SUCCESS, replyWith };
}

function isOnlySealed(fields: Fields): boolean {
  return textOf(fields, "Encrypt") !== "" && textOf(fields, "MsgType") === "";
}

function signed(query: URLSearchParams): { readonly timestamp: string; readonly nonce: string } {
  return { timestamp: query.get("timestamp") ?? "", nonce: query.get("nonce") ?? "" };
}

function signedParts(keys: WebhookKeys, query: URLSearchParams): readonly string[] {
  const { timestamp, nonce } = signed(query);
  return [keys.token, timestamp, nonce];
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
