import { createCipheriv, createHash } from "node:crypto";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import type { Said } from "../conformance/driver.ts";

/** The account of the suite, with secrets of its own. */
export const OPTIONS = {
  "app-id": "cli_a700700700700701",
  "app-secret": "secretOfTheSuite1234567890abcdef",
  "encrypt-key": "encrypt-key-of-the-suite",
  "verification-token": "token-of-the-suite-123",
};

/** How one request differs from a genuine one. */
export type Odd = {
  readonly key?: string;
  readonly token?: string;
  readonly appId?: string;
  readonly signature?: (right: string) => string;
  /** The text inside the seal. */
  readonly inside?: (text: string) => string;
  readonly space?: number;
};

/** A body as the platform would send it at this moment, with its signature. */
export function signed(body: string, at: Date, odd: Odd = {}): WebhookRequest {
  const [timestamp, nonce] = [String(Math.floor(at.getTime() / 1000)), "nonce77"];
  const right = createHash("sha256")
    .update(timestamp + nonce + (odd.key ?? OPTIONS["encrypt-key"]) + body)
    .digest("hex");
  const headers: Record<string, string> = {
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": odd.signature?.(right) ?? right,
  };
  const header = (name: string) => headers[name] ?? null;
  return { method: "POST", query: new URLSearchParams(), header, body: Buffer.from(body) };
}

/** A text under the platform's seal. */
export function sealed(text: string, key: string = OPTIONS["encrypt-key"]): string {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

/** An event as it is inside the seal: its kind, and what it says. */
function eventText(id: string, type: string, event: object, at: Date, odd: Odd = {}): string {
  const header = {
    ...{ event_id: id, token: odd.token ?? OPTIONS["verification-token"], create_time: String(at.getTime()) },
    ...{ event_type: type, tenant_key: "t", app_id: odd.appId ?? OPTIONS["app-id"] },
  };
  return JSON.stringify({ schema: "2.0", header, event });
}

/** A genuine request with an event. */
export function eventRequest(id: string, type: string, event: object, at: Date, odd: Odd = {}): WebhookRequest {
  const text = eventText(id, type, event, at, odd);
  const body = { encrypt: sealed(odd.inside?.(text) ?? text, odd.key) };
  return signed(JSON.stringify(body, null, odd.space), at, odd);
}

/** A message of a person, as an event holds it. */
export function messageEvent(
  by: string,
  message: { readonly id: string; readonly type: string; readonly content: object } & Readonly<Record<string, unknown>>,
  at: Date,
): object {
  const { id, type, content, ...more } = message;
  return {
    sender: { sender_id: { open_id: by, union_id: "", user_id: "" }, sender_type: "user", tenant_key: "t" },
    message: {
      ...{ message_id: id, create_time: String(at.getTime()), chat_id: "oc_1", chat_type: "p2p" },
      ...{ message_type: type, content: JSON.stringify(content), ...more },
    },
  };
}

const MESSAGE = "im.message.receive_v1";
const BOT = { key: "@_user_1", id: { open_id: "ou_bot", user_id: "" }, name: "联络站", mentioned_type: "bot" };
const GROUP = { chat_id: "oc_group", chat_type: "group" };

/** A genuine request that says this; null where the platform has nothing of the kind. */
export function said(one: Said, at: Date, odd: Odd = {}): WebhookRequest | null {
  const by = one.by ?? "1001";
  const message = (type: string, content: object, more: object = {}) =>
    eventRequest(
      `ev_${one.id}`,
      MESSAGE,
      messageEvent(by, { id: `om_${one.id}`, type, content, ...more }, at),
      at,
      odd,
    );
  const event = (type: string, body: object) => eventRequest(`ev_${one.id}`, type, body, at, odd);
  const ids = { open_id: by };
  switch (one.kind) {
    case "text": {
      if (one.room === "overheard") return message("text", { text: one.text }, GROUP);
      if (one.room === "to us")
        return message("text", { text: `@_user_1 ${one.text}` }, { ...GROUP, mentions: [BOT], parent_id: "om_3" });
      return message("text", { text: one.text }, one.answers === undefined ? {} : { parent_id: one.answers });
    }
    case "choice":
    case "press": {
      const value = one.kind === "press" ? { key: one.key } : { choice: one.choice, label: one.text };
      const context = { open_message_id: "om_3", open_chat_id: "oc_1" };
      return event("card.action.trigger", { operator: ids, token: "c-1", action: { value, tag: "button" }, context });
    }
    case "image":
      return message("image", { image_key: one.mediaId });
    case "voice":
      return message("audio", { file_key: one.mediaId, duration: 2000 });
    case "video":
      return message("media", { file_key: one.mediaId, image_key: "img_1" });
    case "file":
      return message("file", { file_key: one.mediaId });
    case "place":
      return message("location", { name: one.label, longitude: String(one.longitude), latitude: String(one.latitude) });
    case "open":
      return event("im.chat.access_event.bot_p2p_chat_entered_v1", { chat_id: "oc_1", operator_id: ids });
    case "unknown message":
      return message("hongbao", {});
    case "unknown event":
      return event("im.message.reaction.created_v1", { message_id: "om_3" });
    case "unreadable":
      return signed("{", at, odd);
    case "own":
      return event(MESSAGE, { sender: { sender_id: ids, sender_type: "app" }, message: { message_id: "om_9" } });
    default:
      return null;
  }
}
