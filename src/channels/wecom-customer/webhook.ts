import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound } from "../../domain/messages/message.ts";
import type { Nudge, WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { parseBody } from "../tencent-callback/body.ts";
import { type Fields, textOf, wellFormed } from "../tencent-callback/fields.ts";
import {
  type FreshRules,
  isFresh,
  openSealedBody,
  openSealedEcho,
  type SealKeys,
} from "../tencent-callback/request.ts";

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
export function receive(keys: SealKeys, request: WebhookRequest, rules: FreshRules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (!isFresh(request.query.get("timestamp") ?? "", rules)) return refused("timestamp outside the allowed span");
  if (request.method === "GET") return shakeHands(keys, request.query);
  const opened = openSealedBody(keys, request);
  if (!opened.ok) return refused(opened.reason);
  const parsed = parseBody(opened.bytes);
  if (!parsed.ok) return received([kept(opened.bytes, rules.now, { reason: parsed.reason })], []);
  return readCallback(parsed.fields, opened.bytes, rules.now);
}

/** The answer to a handshake is what was sealed in it, and nothing else. */
function shakeHands(keys: SealKeys, query: URLSearchParams): WebhookResult {
  const echo = openSealedEcho(keys, query);
  if (!echo.ok) return refused(echo.reason);
  return { kind: "answered", reply: { status: 200, contentType: "text/plain", body: echo.bytes.toString() } };
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

function received(messages: readonly Inbound[], nudges: readonly Nudge[]): WebhookResult {
  return { kind: "received", messages, nudges, acknowledgement: TAKEN, replyWith: () => null };
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
