import type { WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { parseBody } from "../tencent-callback/body.ts";
import {
  type FreshRules,
  isFresh,
  openSealedBody,
  openSealedEcho,
  type SealKeys,
} from "../tencent-callback/request.ts";
import { type Genuine, inboundOfFields, quarantined } from "./inbound.ts";

/** The part of an account that its webhook needs. */
export type WebhookKeys = SealKeys & { readonly agentId: string };

const MAX_BODY_BYTES = 256 * 1024;
/** An empty body ends the tries. */
const TAKEN: WebhookReply = { status: 200, contentType: "text/plain", body: "" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/**
 * Receives a request to the app's callback address (protocols.md 3.1): always encrypted, the handshake too.
 *
 * Before the signature is known to be good everything wrong gets one and the same refusal; after it, whatever cannot be read is
 * quarantined and answered like any message.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: FreshRules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (!isFresh(request.query.get("timestamp") ?? "", rules)) return refused("timestamp outside the allowed span");
  if (request.method === "GET") return shakeHands(keys, request.query);
  const opened = openSealedBody(keys, request);
  if (!opened.ok) return refused(opened.reason);
  const genuine: Genuine = { corpId: keys.owner, agentId: keys.agentId, body: opened.bytes, now: rules.now };
  const parsed = parseBody(opened.bytes);
  const message = parsed.ok ? inboundOfFields(genuine, parsed.fields) : quarantined(genuine, parsed.reason);
  return { kind: "received", messages: [message], nudges: [], acknowledgement: TAKEN, replyWith: () => null };
}

/** The platform wants what it had encrypted, and nothing else, within a second. */
function shakeHands(keys: WebhookKeys, query: URLSearchParams): WebhookResult {
  const echo = openSealedEcho(keys, query);
  if (!echo.ok) return refused(echo.reason);
  return { kind: "answered", reply: { status: 200, contentType: "text/plain", body: echo.bytes.toString() } };
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
