import { createHash, timingSafeEqual } from "node:crypto";
import type { WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { type Genuine, inboundsOf, quarantined } from "./inbound.ts";

/** The part of an account that its webhook needs. */
export type WebhookKeys = { readonly botId: string; readonly secretToken: string };

const MAX_BODY_BYTES = 256 * 1024;
const SECRET_HEADER = "x-telegram-bot-api-secret-token";
const TAKEN: WebhookReply = { status: 200, contentType: "application/json", body: "{}" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/**
 * Receives an update (protocols.md 5). The secret in the header is all that proves it: it covers neither body nor moment.
 *
 * A press turns on its phone until it is answered, and the answer may be the reply to the update itself.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, now: Date): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (request.method !== "POST") return refused("no update");
  if (!isSame(request.header(SECRET_HEADER) ?? "", keys.secretToken)) return refused("secret");
  const genuine: Genuine = { botId: keys.botId, body: request.body, now };
  const update = parseJsonObject(new TextDecoder().decode(request.body));
  const messages = update === null ? [quarantined(genuine, "no JSON object")] : inboundsOf(genuine, update);
  const acknowledgement = answerTo(update);
  return { kind: "received", messages, nudges: [], acknowledgement, replyWith: () => null };
}

function answerTo(update: Readonly<Record<string, unknown>> | null): WebhookReply {
  const id: unknown = Object(update?.callback_query).id;
  if (typeof id !== "string" || id === "") return TAKEN;
  return { ...TAKEN, body: JSON.stringify({ method: "answerCallbackQuery", callback_query_id: id }) };
}

/** Compares in a time that tells nothing: by digests, which have one length. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [given, right].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
