import type { WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { type FreshRules, isFresh } from "../tencent-callback/request.ts";
import { inboundsOf, unreadable } from "./inbound.ts";
import { SIGNATURE_HEADER, secondSigned } from "./signature.ts";

const MAX_BODY_BYTES = 256 * 1024;
const TAKEN: WebhookReply = { status: 200, contentType: "application/json", body: "{}" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/** Receives a batch of the bridge: signed over its bytes and its moment, for a batch is signed anew whenever it is tried. */
export function receive(secret: string, request: WebhookRequest, rules: FreshRules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (request.method !== "POST") return refused("no batch");
  const second = secondSigned(secret, request.body, request.header(SIGNATURE_HEADER));
  if (second === null) return refused("signature");
  if (!isFresh(second, rules)) return refused("too old or too new");
  const { now } = rules;
  const raw = new TextDecoder().decode(request.body);
  const fields = parseJsonObject(raw);
  const messages = (fields && inboundsOf(fields, now)) ?? [unreadable(raw, now)];
  return { kind: "received", messages, nudges: [], acknowledgement: TAKEN, replyWith: () => null };
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
