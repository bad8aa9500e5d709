import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";
import { PRESS_TAKEN } from "../../domain/wording/press.ts";
import type { Channel, WebhookReply, WebhookRequest, WebhookResult } from "../channel.ts";
import { fieldsIn, idIn, type JsonFields } from "../json-fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { inboundsOf, isPress, quarantined } from "./inbound.ts";

/** The part of an account that its webhook needs. */
export type WebhookKeys = { readonly appId: string; readonly encryptKey: string; readonly token: string };

type Rules = Parameters<Channel["receive"]>[2];

const MAX_BODY_BYTES = 256 * 1024;
const IV_BYTES = 16;
/** The platform repeats for six hours, and does not say whether each try is signed anew: an event that comes again changes nothing. */
const REPEATED_FOR_S = 6.5 * 3600;
const TAKEN: WebhookReply = { status: 200, contentType: "application/json", body: "{}" };
const REFUSAL: WebhookReply = { status: 403, contentType: "text/plain", body: "refused" };
const TOO_LARGE: WebhookReply = { status: 413, contentType: "text/plain", body: "too large" };
/** What is shown over a card whose button was pressed; what was really done stands on the card afterwards. */
const TOAST = JSON.stringify({
  toast: {
    ...{ type: "info", content: PRESS_TAKEN.zh },
    i18n: { zh_cn: PRESS_TAKEN.zh, en_us: PRESS_TAKEN.en },
  },
});

/**
 * Receives an event or a press (protocols.md 5, protocols-more.md 5): signed over its bytes, sealed, and with the token and the
 * app's id inside. The handshake may come without a signature; the token inside of it proves it.
 */
export function receive(keys: WebhookKeys, request: WebhookRequest, rules: Rules): WebhookResult {
  if (request.body.byteLength > MAX_BODY_BYTES) return refused("body over 256 KB", TOO_LARGE);
  if (request.method !== "POST") return refused("no event");
  const given = request.header("x-lark-signature");
  if (given !== null && !isSame(given, signatureOf(keys, request))) return refused("signature");
  const body = parseJsonObject(new TextDecoder().decode(request.body));
  if (body !== null && typeof body.encrypt !== "string") return refused("a plain body");
  const opened = body === null ? null : open(keys.encryptKey, String(body.encrypt));
  const event = opened === null ? null : parseJsonObject(opened.toString());
  if (event !== null && event.type === "url_verification") return handshake(keys, event);
  if (given === null) return refused("signature");
  if (!isFresh(request, rules)) return refused("timestamp");
  const genuine = { body: opened ?? request.body, now: rules.now };
  if (event === null) return received([quarantined(genuine, "no JSON object")], TAKEN);
  const header = "header" in event ? fieldsIn(event, "header") : event;
  if (!isSame(idIn(header, "token"), keys.token)) return refused("token");
  if ((idIn(header, "app_id") || idIn(fieldsIn(event, "event"), "app_id")) !== keys.appId) return refused("owner");
  return received(inboundsOf(genuine, event), isPress(event) ? { ...TAKEN, body: TOAST } : TAKEN);
}

function handshake(keys: WebhookKeys, event: JsonFields): WebhookResult {
  if (!isSame(idIn(event, "token"), keys.token)) return refused("token");
  return { kind: "answered", reply: { ...TAKEN, body: JSON.stringify({ challenge: idIn(event, "challenge") }) } };
}

function signatureOf({ encryptKey }: WebhookKeys, { header, body }: WebhookRequest): string {
  const before = [header("x-lark-request-timestamp") ?? "", header("x-lark-request-nonce") ?? "", encryptKey];
  return createHash("sha256").update(before.join("")).update(body).digest("hex");
}

function isFresh({ header }: WebhookRequest, { now, unmoved, maxAgeSeconds }: Rules): boolean {
  const at = header("x-lark-request-timestamp") ?? "";
  if (!/^\d{1,12}$/.test(at)) return false;
  if (maxAgeSeconds === 0) return true;
  return [now, unmoved ?? now].some((clock) => {
    const age = clock.getTime() / 1000 - Number(at);
    return age >= -maxAgeSeconds && age <= maxAgeSeconds + REPEATED_FOR_S;
  });
}

/** What was sealed; null where it is not for this key. */
function open(encryptKey: string, sealed: string): Buffer | null {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length <= IV_BYTES || bytes.length % IV_BYTES !== 0) return null;
  const key = createHash("sha256").update(encryptKey).digest();
  try {
    const cipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, IV_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(IV_BYTES)), cipher.final()]);
  } catch {
    return null;
  }
}

/** Compares in a time that tells nothing: by digests, which have one length. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [given, right].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function received(
  messages: Extract<WebhookResult, { kind: "received" }>["messages"],
  acknowledgement: WebhookReply,
): WebhookResult {
  return { kind: "received", messages, nudges: [], acknowledgement, replyWith: () => null };
}

function refused(reason: string, reply = REFUSAL): WebhookResult {
  return { kind: "refused", reason, reply };
}
