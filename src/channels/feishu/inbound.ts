import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference, Reference, Room } from "../../domain/messages/message.ts";
import { fieldsIn, idIn, type JsonFields, listIn, wordsIn } from "../json-fields.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import { mediaIdOf } from "./media-id.ts";
import { callsBot, flatPost, withNames } from "./rich-text.ts";

/** An event that was opened, and whose signature and token were right. */
export type Genuine = { readonly body: Uint8Array; readonly now: Date };

/** The parts of a message that several kinds of events have in common. */
type Common = Pick<Inbound, "sender" | "room" | "replyTo" | "platformId"> & { readonly at: string };

const MESSAGE = "im.message.receive_v1";
const PRESS = "card.action.trigger";
const ENTERED = "im.chat.access_event.bot_p2p_chat_entered_v1";
const FIRST_CHAT = "p2p_chat_create";
const MENU = "application.bot.menu_v6";
const LATEST_MS = 4_102_444_800_000;

/**
 * The messages of an event (protocols-more.md 5), each with a key that its repetition has too, for it is the platform's id of the
 * message or of the event.
 *
 * What others say in a room is left out, and what bots say: only what names or commands us is handed over.
 */
export function inboundsOf(genuine: Genuine, event: JsonFields): readonly Inbound[] {
  const said = fieldsIn(event, "event");
  switch (typeOf(event)) {
    case MESSAGE:
      return messageOf(genuine, event, said);
    case PRESS:
      return [pressOf(genuine, event, said)];
    case ENTERED:
      return [enteredOf(genuine, event, said)];
    case FIRST_CHAT:
      return [
        given(genuine, keyOf(genuine, event), actedBy(fieldsIn(said, "operator")), { kind: "follow", scene: null }),
      ];
    case MENU: {
      const by = actedBy(fieldsIn(fieldsIn(said, "operator"), "operator_id"));
      return [given(genuine, keyOf(genuine, event), by, { kind: "menu", key: idIn(said, "event_key") })];
    }
    default: {
      const type = typeOf(event).slice(0, 64) || "nothing";
      return [
        given(genuine, keyOf(genuine, event), actedBy({}), { kind: "unsupported", type: `event:${type}` }, false),
      ];
    }
  }
}

/** The inbound for a request of the platform that cannot be read: it is kept whole, so that nobody's words are lost. */
export function quarantined(genuine: Genuine, reason: string): Inbound {
  const raw = wellFormed(new TextDecoder().decode(genuine.body));
  return given(genuine, keyOf(genuine, {}), actedBy({}), { kind: "quarantined", reason, raw }, false);
}

/** Whether an event is the press of a button, for which somebody waits. */
export function isPress(event: JsonFields): boolean {
  return typeOf(event) === PRESS;
}

/** Of the second form of events by their header, of the first by the event itself. */
function typeOf(event: JsonFields): string {
  return idIn(fieldsIn(event, "header"), "event_type") || idIn(fieldsIn(event, "event"), "type");
}

function messageOf(genuine: Genuine, event: JsonFields, said: JsonFields): readonly Inbound[] {
  const sender = fieldsIn(said, "sender");
  const message = fieldsIn(said, "message");
  const id = idIn(message, "message_id");
  if (idIn(sender, "sender_type") === "app") return [];
  const room = roomOf(message);
  const words = parseJsonObject(wordsIn(message, "content")) ?? {};
  const mentions = listIn(message, "mentions");
  if (room !== null && !isToUs(mentions, wordsIn(words, "text"))) return [];
  const by: Common = {
    sender: idIn(fieldsIn(sender, "sender_id"), "open_id"),
    room,
    replyTo: replyOf(message),
    at: idIn(message, "create_time"),
    ...(id !== "" && { platformId: id }),
  };
  const key = /^[\w-]{1,150}$/.test(id) ? `fs_m_${id}` : keyOf(genuine, event);
  return contentsOf(message, words, mentions).map((content, index) =>
    given(genuine, index === 0 ? key : `${key}_${index}`, by, content),
  );
}

/** What a message says; a rich text with several pictures says several things. */
function contentsOf(
  message: JsonFields,
  words: JsonFields,
  mentions: readonly JsonFields[],
): readonly InboundContent[] {
  const type = idIn(message, "message_type");
  const id = idIn(message, "message_id");
  const shown = (key: string, form: MediaReference["form"], text = ""): InboundContent => {
    const fileName = wordsIn(words, "file_name");
    const media = { mediaId: mediaIdOf(id, key), form, ...(fileName !== "" && form !== "image" && { fileName }) };
    return { kind: "media", media, ...(text !== "" && { text }) };
  };
  switch (type) {
    case "text":
      return [textContent(withNames(wordsIn(words, "text"), mentions))];
    case "post": {
      const { text, images } = flatPost(words, mentions);
      const [first, ...others] = images;
      if (first === undefined) return [textContent(text)];
      return [shown(first, "image", text), ...others.map((key) => shown(key, "image"))];
    }
    case "image":
      return [shown(idIn(words, "image_key"), "image")];
    case "audio":
      return [shown(idIn(words, "file_key"), "voice")];
    case "media":
      return [shown(idIn(words, "file_key"), "video")];
    case "file":
      return [shown(idIn(words, "file_key"), "file")];
    case "location":
      return [placeContent(words)];
    default:
      return [{ kind: "unsupported", type: type.slice(0, 64) || "nothing" }];
  }
}

/** A word with a slash before it is a command, and the word without it says the same. */
function textContent(text: string): InboundContent {
  return { kind: "text", text: text.replace(/^\/(?=\p{L})/u, "") };
}

/** Picked on the map that the platform shows, which in mainland China is drawn in GCJ-02. */
function placeContent(words: JsonFields): InboundContent {
  const [latitude, longitude] = [
    Number(idIn(words, "latitude") || Number.NaN),
    Number(idIn(words, "longitude") || Number.NaN),
  ];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return { kind: "unsupported", type: "location" };
  return { kind: "location", position: { latitude, longitude }, label: wordsIn(words, "name") };
}

/** The press of a button: an answer to a question, or what a card offers; its card is changed by the message's id. */
function pressOf(genuine: Genuine, event: JsonFields, said: JsonFields): Inbound {
  const context = fieldsIn(said, "context");
  const value = fieldsIn(fieldsIn(said, "action"), "value");
  const { sender } = actedBy(fieldsIn(said, "operator"));
  const choice = idIn(value, "choice");
  const handle = idIn(context, "open_message_id") || null;
  const content: InboundContent =
    choice === ""
      ? { kind: "press", press: { key: idIn(value, "key"), handle } }
      : { kind: "text", text: wordsIn(value, "label") || choice, choice };
  // A press has no moment of its own beside the event's.
  const by = { sender, room: null, replyTo: null, at: idIn(fieldsIn(event, "header"), "create_time") };
  return given(genuine, keyOf(genuine, event), by, content);
}

/** Whoever opens the chat for the first time comes; later they only look in. */
function enteredOf(genuine: Genuine, event: JsonFields, said: JsonFields): Inbound {
  const by = actedBy(fieldsIn(said, "operator_id"));
  const isFirst = idIn(said, "last_message_id") === "";
  const content: InboundContent = isFirst ? { kind: "follow", scene: null } : { kind: "note", name: "looked-in" };
  return given(genuine, keyOf(genuine, event), by, content);
}

function actedBy(person: JsonFields): Common {
  return { sender: idIn(person, "open_id"), room: null, replyTo: null, at: "" };
}

function given(
  { now }: Genuine,
  dedupeKey: string,
  { at, ...by }: Common,
  content: InboundContent,
  isContact = true,
): Inbound {
  const ms = Number(at || Number.NaN);
  const sentAt = ms > 0 && ms < LATEST_MS ? new Date(ms) : now;
  return inboundOf({ dedupeKey, ...by, sentAt, isContact, content });
}

/** A name of a bot, or a command. Which message is quoted the platform says, and not whose it is: a quote alone is not to us. */
function isToUs(mentions: readonly JsonFields[], text: string): boolean {
  return text.trimStart().startsWith("/") || callsBot(mentions);
}

function roomOf(message: JsonFields): Room | null {
  if (idIn(message, "chat_type") === "p2p") return null;
  const id = idIn(message, "chat_id");
  return id === "" ? null : { id, title: "" };
}

function replyOf(message: JsonFields): Reference | null {
  const platformId = idIn(message, "parent_id");
  return platformId === "" ? null : { by: "id", platformId };
}

function keyOf({ body }: Genuine, event: JsonFields): string {
  // The first form of events has its id beside the event.
  const id = idIn(fieldsIn(event, "header"), "event_id") || idIn(event, "uuid");
  if (/^[\w-]{1,150}$/.test(id)) return `fs_e_${id}`;
  return `fs_q_${createHash("sha256").update(body).digest("hex").slice(0, 32)}`;
}
