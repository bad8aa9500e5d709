import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference, Reference, Room } from "../../domain/messages/message.ts";
import { fieldsIn, idIn, type JsonFields, listIn, wordsIn } from "../json-fields.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";

const LATEST_MS = 4_102_444_800_000;
const GROUP = "2";
const FORMS: Readonly<Record<string, MediaReference["form"]>> = {
  picture: "image",
  audio: "voice",
  video: "video",
  file: "file",
};

/**
 * The messages of a robot's callback, each with a key that its repetition has too, for it is the platform's id of the message.
 *
 * In a room the platform itself tells a robot only what names it; where it says that something does not, that is left out.
 * @param text the callback as it came
 */
export function inboundsOf(text: string, now: Date): readonly Inbound[] {
  const message = parseJsonObject(text);
  if (message === null || idIn(message, "msgtype") === "") return [quarantined(text, now)];
  const sender = idIn(message, "senderStaffId") || idIn(message, "senderId");
  if (sender === "" || idIn(message, "senderId") === (idIn(message, "chatbotUserId") || undefined)) return [];
  const room = roomOf(message);
  if (room !== null && message.isInAtList === false) return [];
  const ms = Number(idIn(message, "createAt") || Number.NaN);
  const by = {
    ...{ sender, room, isContact: true, replyTo: replyOf(message) },
    sentAt: ms > 0 && ms < LATEST_MS ? new Date(ms) : now,
  };
  const key = keyOf(idIn(message, "msgId"), text);
  return contentsOf(message).map((content, index) =>
    inboundOf({ ...by, dedupeKey: index === 0 ? key : `${key}_${index}`, content }),
  );
}

/** The inbound for a callback of the platform that cannot be read: it is kept whole, so that nobody's words are lost. */
export function quarantined(text: string, now: Date): Inbound {
  const content = { kind: "quarantined", reason: "no message of a robot", raw: wellFormed(text) } as const;
  return inboundOf({ dedupeKey: keyOf("", text), sender: "", sentAt: now, isContact: false, content });
}

/** What a message says; a rich text with several pictures says several things. */
function contentsOf(message: JsonFields): readonly InboundContent[] {
  const type = idIn(message, "msgtype");
  const content = fieldsIn(message, "content");
  if (type === "text") return [{ kind: "text", text: wordsIn(fieldsIn(message, "text"), "content").trim() }];
  if (type === "richText") return richContents(listIn(content, "richText"));
  const form = FORMS[type];
  if (form === undefined) return [{ kind: "unsupported", type: type.slice(0, 64) }];
  const [fileName, transcript] = [wordsIn(content, "fileName"), wordsIn(content, "recognition")];
  const media = { mediaId: idIn(content, "downloadCode"), form, ...(fileName !== "" && { fileName }) };
  return [{ kind: "media", media, ...(form === "voice" && transcript !== "" && { transcript }) }];
}

function richContents(parts: readonly JsonFields[]): readonly InboundContent[] {
  const text = parts
    .map((part) => wordsIn(part, "text"))
    .join("")
    .trim();
  const pictures = parts.map((part) => idIn(part, "downloadCode")).filter((code) => code !== "");
  const [first, ...others] = pictures.map((mediaId) => ({ mediaId, form: "image" }) as const);
  if (first === undefined) return [{ kind: "text", text }];
  return [
    { kind: "media", media: first, ...(text !== "" && { text }) },
    ...others.map((media) => ({ kind: "media", media }) as const),
  ];
}

function roomOf(message: JsonFields): Room | null {
  if (idIn(message, "conversationType") !== GROUP) return null;
  return { id: idIn(message, "conversationId"), title: wordsIn(message, "conversationTitle") };
}

/** A quote of a robot's message names it as sending it did; a quote of another is known by its words alone. */
function replyOf(message: JsonFields): Reference | null {
  const platformId = idIn(message, "originalProcessQueryKey");
  if (platformId !== "") return { by: "id", platformId };
  const quoted = fieldsIn(fieldsIn(fieldsIn(message, "text"), "repliedMsg"), "content");
  const text = wordsIn(quoted, "text");
  return text === "" ? null : { by: "words", text };
}

/** Ids of the platform are base64; what is not is hashed. */
function keyOf(id: string, text: string): string {
  if (/^[\w+/=-]{1,150}$/.test(id)) return `dt_${id.replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "")}`;
  return `dt_q_${createHash("sha256")
    .update(id || text)
    .digest("hex")
    .slice(0, 32)}`;
}
