import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Channel, WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { idIn } from "../json-fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { inboundsOf } from "./inbound.ts";

/** The part of an account that its webhook needs; null where its messages come by a connection alone. */
export type WebhookKeys = { readonly clientSecret: string; readonly robotCode: string; readonly corpId: string } | null;

type Rules = Parameters<Channel["receive"]>[2];

const MAX_BODY_BYTES = 256 * 1024;
const TAKEN: WebhookReply = { status: 200, contentType: "application/json", body: "{}" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };

/**
 * Receives a message over HTTP (protocols-more.md 6). The signature is over the moment alone, and covers neither body nor address:
 * the robot and the company that the body names must be ours, and a message that comes again changes nothing.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: Rules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (keys === null || request.method !== "POST") return refused("no message");
  const timestamp = request.header("timestamp") ?? "";
  if (!isSame(request.header("sign") ?? "", signatureOf(keys.clientSecret, timestamp))) return refused("signature");
  if (!isFresh(timestamp, rules)) return refused("timestamp");
  const text = new TextDecoder().decode(request.body);
  const message = parseJsonObject(text) ?? {};
  const named = (name: string, ours: string) => idIn(message, name) === "" || idIn(message, name) === ours;
  if (!named("robotCode", keys.robotCode) || !named("chatbotCorpId", keys.corpId)) return refused("owner");
  if (!named("senderCorpId", keys.corpId)) return refused("owner");
  const messages = inboundsOf(text, rules.now);
  return { kind: "received", messages, nudges: [], acknowledgement: TAKEN, replyWith: () => null };
}

/** The signature of a moment: the same for every body. */
function signatureOf(clientSecret: string, timestamp: string): string {
  return createHmac("sha256", clientSecret).update(`${timestamp}\n${clientSecret}`).digest("base64");
}

function isFresh(timestamp: string, { now, unmoved = now, maxAgeSeconds }: Rules): boolean {
  if (!/^\d{1,15}$/.test(timestamp)) return false;
  if (maxAgeSeconds === 0) return true;
  return [now, unmoved].some((clock) => Math.abs(clock.getTime() - Number(timestamp)) <= maxAgeSeconds * 1000);
}

/** Compares in a time that tells nothing: by digests, which have one length. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [given, right].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
