import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import type { Nudge, WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { parseBody } from "../tencent-callback/body.ts";
import { type AesKey, decrypt, isSignedBy } from "../tencent-callback/crypto.ts";
import { type Fields, textOf, wellFormed } from "../tencent-callback/fields.ts";
import { sealedTexts } from "../tencent-callback/sealed.ts";

/** The keys with which a callback is verified and decrypted. */
export type WebhookKeys = { readonly corpId: string; readonly token: string; readonly aesKey: AesKey };

type Rules = { readonly now: Date; readonly unmoved?: Date | undefined; readonly maxAgeSeconds: number };

const MAX_BODY_BYTES = 256 * 1024;
const TAKEN: WebhookReply = { status: 200, contentType: "text/plain", body: "success" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };
const SOMETHING_IS_THERE = "kf_msg_or_event";

/**
 * Receives a request to the account's callback address (protocols.md 3.1, 3.4): it brings no words, only that some lie ready.
 *
 * Before the signature is known to be good everything wrong gets one and the same refusal; after it, whatever cannot be read is kept.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: Rules): WebhookResult {
  const { query, body, method } = request;
  if (body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (!isFresh(query.get("timestamp") ?? "", rules)) return refused("timestamp outside the allowed span");
  if (method === "GET") return shakeHands(keys, query);
  const sealed = sealedTexts(body).find((one) => isSigned(keys, query, one));
  if (sealed === undefined) return refused("signature");
  const envelope = parseBody(body);
  if (!envelope.ok || textOf(envelope.fields, "Encrypt") !== sealed) return refused("an envelope that cannot be read");
  const opened = decrypt(keys.aesKey, sealed, keys.corpId);
  if (opened === null) return refused("Encrypt cannot be opened");
  const parsed = parseBody(opened);
  if (!parsed.ok) return received([kept(opened, rules.now, { reason: parsed.reason })], []);
  return readCallback(parsed.fields, opened, rules.now);
}

/** The answer to a handshake is what was sealed in it, and nothing else. */
function shakeHands(keys: WebhookKeys, query: URLSearchParams): WebhookResult {
  const sealed = query.get("echostr") ?? "";
  if (!isSigned(keys, query, sealed)) return refused("signature");
  const echo = decrypt(keys.aesKey, sealed, keys.corpId);
  if (echo === null) return refused("echostr cannot be opened");
  return { kind: "answered", reply: { status: 200, contentType: "text/plain", body: echo.toString() } };
}

function readCallback(fields: Fields, opened: Buffer, now: Date): WebhookResult {
  const event = textOf(fields, "Event");
  const key = textOf(fields, "OpenKfId");
  if (event === SOMETHING_IS_THERE && key !== "") return received([], [{ key, hint: textOf(fields, "Token") || null }]);
  return received([kept(opened, now, { type: event || textOf(fields, "MsgType") })], []);
}

/** What says nothing to the service is kept: nobody is answered. */
function kept(opened: Buffer, now: Date, what: { readonly reason: string } | { readonly type: string }): Inbound {
  const digest = createHash("sha256").update(opened).digest("hex").slice(0, 32);
  const raw = wellFormed(opened.toString());
  return inboundOf({
    dedupeKey: `kf_q_${digest}`,
    sender: "",
    sentAt: now,
    content:
      "reason" in what
        ? { kind: "quarantined", reason: what.reason, raw }
        : { kind: "unsupported", type: `event:${what.type.slice(0, 64)}` },
  });
}

function isSigned({ token }: WebhookKeys, query: URLSearchParams, sealed: string): boolean {
  const parts = [token, query.get("timestamp") ?? "", query.get("nonce") ?? "", sealed];
  return isSignedBy(query.get("msg_signature"), parts);
}

function isFresh(timestamp: string, { now, unmoved = now, maxAgeSeconds }: Rules): boolean {
  if (maxAgeSeconds === 0) return true;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return [now, unmoved].some((clock) => Math.abs(clock.getTime() / 1000 - Number(timestamp)) <= maxAgeSeconds);
}

function received(messages: readonly Inbound[], nudges: readonly Nudge[]): WebhookResult {
  return { kind: "received", messages, nudges, acknowledgement: TAKEN, replyWith: () => null };
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
