import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference } from "../../domain/messages/message.ts";
import { allWordsOf, type Fields, textOf, wellFormed, wordsOf } from "../tencent-callback/fields.ts";
import { choiceIn } from "./cards.ts";

/** A callback with a valid signature, decrypted: `body` are the bytes after decryption, the same in every repetition. */
export type Genuine = {
  readonly corpId: string;
  readonly agentId: string;
  readonly body: Uint8Array;
  readonly now: Date;
};

/** What an event says, and whether its member did something themselves by it. */
type EventReading = { readonly content: InboundContent; readonly isContact: boolean };

const MAX_KEY_LENGTH = 200;
const LATEST_SECOND = 4_102_444_800;
const MEDIA: Readonly<Record<string, MediaReference["form"]>> = { image: "image", voice: "voice", video: "video" };
/** Events that say nothing to the service and are only kept; a member's positions are a track of movement (PIPL art. 28). */
const NOTED = new Set(["location", "view", "view_miniprogram", "pic_sysphoto", "pic_photo_or_album", "pic_weixin"]);
/** What a member does in the app, and says nothing by it. */
const TOUCHED = new Set(["enter_agent", "template_card_menu_event"]);

/** The message or event of a callback; what cannot be understood is quarantined, and nothing throws. */
export function inboundOfFields(genuine: Genuine, fields: Fields): Inbound {
  const type = textOf(fields, "MsgType").toLowerCase();
  const sender = memberOf(textOf(fields, "FromUserName"));
  if (type === "" || sender === "") return quarantined(genuine, "no MsgType or no FromUserName", sender);
  const sentAt = momentOf(genuine, textOf(fields, "CreateTime"));
  if (type === "event") {
    const { content, isContact } = eventOf(fields);
    return inboundOf({ dedupeKey: eventKey(genuine, sender, fields), sender, sentAt, isContact, content });
  }
  const id = textOf(fields, "MsgId");
  const dedupeKey = id === "" ? bodyKey(genuine) : keyOf(genuine, "m", id);
  const content = contentOf(type, fields);
  if (content === null) return { ...quarantined(genuine, `${type} without what it names`, sender), dedupeKey };
  return inboundOf({ dedupeKey, sender, sentAt, isContact: true, content });
}

/** The inbound for a genuine callback that cannot be read: it is kept whole, so that nobody's words are lost. */
export function quarantined(genuine: Genuine, reason: string, sender = ""): Inbound {
  const raw = wellFormed(new TextDecoder().decode(genuine.body));
  const content = { kind: "quarantined", reason, raw } as const;
  return inboundOf({ dedupeKey: bodyKey(genuine), sender, sentAt: genuine.now, isContact: sender !== "", content });
}

/** The id of a member in one form: the platform takes no notice of its case. */
export function memberOf(id: string): string {
  return id.toLowerCase();
}

function contentOf(type: string, fields: Fields): InboundContent | null {
  const form = MEDIA[type];
  if (form !== undefined) {
    const mediaId = textOf(fields, "MediaId");
    return mediaId === "" ? null : { kind: "media", media: { mediaId, form } };
  }
  switch (type) {
    case "text":
      return { kind: "text", text: allWordsOf(fields, "Content") };
    case "location": {
      // Picked on Tencent's map, so GCJ-02 already; X is the latitude.
      const [latitude, longitude] = [numberOf(fields, "Location_X"), numberOf(fields, "Location_Y")];
      const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      return isPlace ? { kind: "location", position: { latitude, longitude }, label: wordsOf(fields, "Label") } : null;
    }
    case "link": {
      const [title, description] = [wordsOf(fields, "Title"), wordsOf(fields, "Description")];
      return { kind: "link", title, description, url: textOf(fields, "Url") };
    }
    default:
      return { kind: "unsupported", type: type.slice(0, 64) };
  }
}

function eventOf(fields: Fields): EventReading {
  const name = textOf(fields, "Event").toLowerCase();
  const key = textOf(fields, "EventKey");
  switch (name) {
    case "subscribe":
      return { content: { kind: "follow", scene: null }, isContact: true };
    case "unsubscribe":
      return { content: { kind: "unfollow" }, isContact: false };
    case "click":
      return { content: { kind: "menu", key }, isContact: true };
    case "template_card_event":
      return { content: pressOf(key, textOf(fields, "ResponseCode")), isContact: true };
    default:
      if (TOUCHED.has(name)) return { content: { kind: "note", name }, isContact: true };
      if (NOTED.has(name)) return { content: { kind: "note", name }, isContact: false };
      return { content: { kind: "unsupported", type: `event:${name.slice(0, 64)}` }, isContact: false };
  }
}

function pressOf(key: string, responseCode: string): InboundContent {
  const choice = choiceIn(key);
  if (choice !== null) return { kind: "text", text: choice.label || choice.id, choice: choice.id };
  return { kind: "press", press: { key, handle: responseCode === "" ? null : responseCode } };
}

/** Two events of one member and second are told apart by what they name; a press by its code, which no other press has. */
function eventKey(genuine: Genuine, sender: string, fields: Fields): string {
  const createTime = textOf(fields, "CreateTime");
  if (createTime === "") return bodyKey(genuine);
  const told = ["EventKey", "TaskId", "ResponseCode"].map((name) => textOf(fields, name)).join("\n");
  const detail = createHash("sha1").update(told).digest("hex").slice(0, 10);
  return keyOf(genuine, "e", sender, createTime, textOf(fields, "Event"), detail);
}

function bodyKey(genuine: Genuine): string {
  return keyOf(genuine, "q", createHash("sha256").update(genuine.body).digest("hex").slice(0, 32));
}

function keyOf({ corpId, agentId }: Genuine, ...parts: readonly string[]): string {
  const key = ["wc", corpId, agentId, ...parts].join("_");
  if (key.length <= MAX_KEY_LENGTH && /^[A-Za-z0-9_-]*$/.test(key)) return key;
  return `wc_h_${createHash("sha256").update(key).digest("hex")}`;
}

function numberOf(fields: Fields, name: string): number {
  const text = textOf(fields, name);
  return text === "" ? Number.NaN : Number(text);
}

function momentOf({ now }: Genuine, createTime: string): Date {
  const seconds = /^\d{1,10}$/.test(createTime) ? Number(createTime) : 0;
  return seconds > 0 && seconds < LATEST_SECOND ? new Date(seconds * 1000) : now;
}
