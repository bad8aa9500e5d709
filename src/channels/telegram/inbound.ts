import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference, Reference, Room } from "../../domain/messages/message.ts";
import { convertDatum } from "../../domain/place/datum.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { sceneOf } from "./scenes.ts";

/** The fields of an update or of an object in it; numbers are texts, as they were written. */
type Fields = Readonly<Record<string, unknown>>;

/** An update of which the secret was right. */
export type Genuine = { readonly botId: string; readonly body: Uint8Array; readonly now: Date };

const LATEST_SECOND = 4_102_444_800;
/** The mark before the id of a choice in the data of a button, which no key of an action holds. */
export const CHOICE = "c:";

/**
 * The messages of an update (protocols.md 5, protocols-more.md 4), each with a key that its repetition has too.
 *
 * What others say in a room is left out: only what quotes, names or commands us is handed over.
 */
export function inboundsOf(genuine: Genuine, update: Fields): readonly Inbound[] {
  const { message, edited_message: edited, callback_query: query, my_chat_member: member } = update;
  const dedupeKey = keyOf(genuine, update);
  if (isFields(message)) return messageOf(genuine, dedupeKey, message);
  if (isFields(edited)) return editOf(genuine, dedupeKey, edited);
  if (isFields(query)) return pressOf(genuine, dedupeKey, query);
  if (isFields(member)) return memberOf(genuine, dedupeKey, member);
  const kind = Object.keys(update).find((name) => name !== "update_id") ?? "nothing";
  return [given(genuine, dedupeKey, {}, { kind: "unsupported", type: `event:${kind.slice(0, 64)}` }, false)];
}

/** The inbound for a request of the platform that cannot be read: it is kept whole, so that nobody's words are lost. */
export function quarantined(genuine: Genuine, reason: string): Inbound {
  const raw = wellFormed(new TextDecoder().decode(genuine.body));
  return given(genuine, keyOf(genuine, {}), {}, { kind: "quarantined", reason, raw }, false);
}

function messageOf(genuine: Genuine, dedupeKey: string, message: Fields): readonly Inbound[] {
  const from = group(message, "from");
  if (from.is_bot === true || textOf(from, "id") === "")
    return isMove(message) ? moveOf(genuine, dedupeKey, message) : [];
  if (isMove(message)) return moveOf(genuine, dedupeKey, message);
  const room = roomOf(message);
  if (room !== null && !isToUs(genuine, message)) return [];
  const content = contentOf(message, room);
  return [given(genuine, dedupeKey, message, content, true)];
}

function editOf(genuine: Genuine, dedupeKey: string, message: Fields): readonly Inbound[] {
  if (group(message, "from").is_bot === true) return [];
  if (roomOf(message) !== null && !isToUs(genuine, message)) return [];
  const text = wordsIn(message);
  // A place that moves is a track of movement (PIPL art. 28), and no words.
  if (text === "") return [given(genuine, dedupeKey, message, { kind: "note", name: "edited" }, false)];
  return [given(genuine, dedupeKey, message, { kind: "edited", platformId: platformIdOf(message), text }, true)];
}

function pressOf(genuine: Genuine, dedupeKey: string, query: Fields): readonly Inbound[] {
  const message = group(query, "message");
  const data = textOf(query, "data");
  const pressed = { ...message, from: query.from, date: "", reply_to_message: undefined };
  if (data.startsWith(CHOICE)) {
    const choice = data.slice(CHOICE.length);
    const label = labelOf(message, data).replace(/^\d{1,2} /, "");
    return [given(genuine, dedupeKey, pressed, { kind: "text", text: label || choice, choice }, true)];
  }
  const handle = textOf(message, "message_id") === "" ? null : platformIdOf(message);
  return [given(genuine, dedupeKey, pressed, { kind: "press", press: { key: data, handle } }, true)];
}

/** Who blocks a bot is taken out of their chat with it, and who lets it in again comes back. */
function memberOf(genuine: Genuine, dedupeKey: string, member: Fields): readonly Inbound[] {
  const status = textOf(group(member, "new_chat_member"), "status");
  if (roomOf(member) !== null)
    return [given(genuine, dedupeKey, member, { kind: "note", name: `room:${status.slice(0, 32)}` }, false)];
  if (status === "kicked") return [given(genuine, dedupeKey, member, { kind: "unfollow" }, false)];
  return [given(genuine, dedupeKey, member, { kind: "follow", scene: null }, true)];
}

function moveOf(genuine: Genuine, dedupeKey: string, message: Fields): readonly Inbound[] {
  const to = textOf(message, "migrate_to_chat_id");
  if (to === "") return [given(genuine, dedupeKey, message, { kind: "note", name: "moved-here" }, false)];
  return [given(genuine, dedupeKey, message, { kind: "moved", to }, false)];
}

function given(
  { now }: Genuine,
  dedupeKey: string,
  message: Fields,
  content: InboundContent,
  isContact: boolean,
): Inbound {
  const seconds = Number(textOf(message, "edit_date") || textOf(message, "date"));
  const sentAt = seconds > 0 && seconds < LATEST_SECOND ? new Date(seconds * 1000) : now;
  const sender = textOf(group(message, "from"), "id");
  const platformId = textOf(message, "message_id") === "" ? {} : { platformId: platformIdOf(message) };
  return inboundOf({
    ...{ dedupeKey, sender, room: roomOf(message), sentAt, isContact, replyTo: replyOf(message), content },
    ...platformId,
  });
}

function contentOf(message: Fields, room: Room | null): InboundContent {
  const words = wellFormed(rawText(message, "text"));
  if (words !== "") return textContent(words, room);
  const shown = mediaOf(message);
  if (shown !== null) {
    const text = wellFormed(rawText(message, "caption"));
    return { kind: "media", media: shown, ...(text !== "" && { text }) };
  }
  const venue = group(message, "venue");
  const location = isFields(message.location) ? message.location : group(venue, "location");
  const [latitude, longitude] = [Number(location.latitude), Number(location.longitude)];
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
    const [x, y] = convertDatum([longitude, latitude], "wgs84", "gcj02");
    const label = [rawText(venue, "title"), rawText(venue, "address")].filter((part) => part !== "").join(" ");
    return { kind: "location", position: { latitude: y, longitude: x }, label: wellFormed(label) };
  }
  if (isFields(message.sticker)) return { kind: "unsupported", type: "sticker" };
  const known = new Set(["message_id", "from", "chat", "date", "reply_to_message", "message_thread_id"]);
  const kind = Object.keys(message).find((name) => !known.has(name)) ?? "nothing";
  return { kind: "unsupported", type: kind.slice(0, 64) };
}

/** `/start` opens the chat, with the scene of the link by which it was opened; another command is its word. */
function textContent(words: string, room: Room | null): InboundContent {
  const [, command = "", rest = ""] = /^\/(\w{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(words) ?? [];
  if (command.toLowerCase() === "start" && room === null) return { kind: "follow", scene: sceneOf(rest) };
  const said = command === "" ? words : [command, rest].filter((part) => part !== "").join(" ");
  return { kind: "text", text: room === null ? said : said.replace(BOT_NAME, "") };
}

/** The name by which something is said to a bot: it is none of the words. */
const BOT_NAME = /(?<![\w@])@\w{1,32}bot\b\s*/gi;

const FORMS: readonly (readonly [name: string, form: MediaReference["form"]])[] = [
  ["voice", "voice"],
  ["audio", "voice"],
  ["video", "video"],
  ["video_note", "video"],
  ["animation", "video"],
  ["document", "file"],
];

/** What a message shows; of the sizes of a photo the largest, which stands last. */
function mediaOf(message: Fields): MediaReference | null {
  const sizes: readonly unknown[] = Array.isArray(message.photo) ? message.photo : [];
  const largest = sizes.findLast(isFields);
  if (largest !== undefined) return { mediaId: textOf(largest, "file_id"), form: "image" };
  for (const [name, form] of FORMS) {
    const file = message[name];
    if (!isFields(file)) continue;
    const fileName = wellFormed(rawText(file, "file_name"));
    return { mediaId: textOf(file, "file_id"), form, ...(fileName !== "" && { fileName }) };
  }
  return null;
}

function wordsIn(message: Fields): string {
  return wellFormed(rawText(message, "text") || rawText(message, "caption"));
}

/** A quote of one of ours, a command, or a name that is a bot's, as only theirs end. */
function isToUs({ botId }: Genuine, message: Fields): boolean {
  if (textOf(group(group(message, "reply_to_message"), "from"), "id") === botId) return true;
  const words = rawText(message, "text");
  if (words.startsWith("/") || words.startsWith("绑定群")) return true;
  const entities: readonly unknown[] = Array.isArray(message.entities) ? message.entities : [];
  return entities.filter(isFields).some((entity) => {
    if (textOf(group(entity, "user"), "id") === botId) return true;
    const start = Number(entity.offset);
    return entity.type === "mention" && /bot$/i.test(words.slice(start, start + Number(entity.length)));
  });
}

function roomOf(message: Fields): Room | null {
  const chat = group(message, "chat");
  const type = textOf(chat, "type");
  if (type === "" || type === "private") return null;
  return { id: textOf(chat, "id"), title: wellFormed(rawText(chat, "title")) };
}

function replyOf(message: Fields): Reference | null {
  const answered = group(message, "reply_to_message");
  if (textOf(answered, "message_id") === "") return null;
  return { by: "id", platformId: `${textOf(group(message, "chat"), "id")}_${textOf(answered, "message_id")}` };
}

/** The platform's name of a message within the account: its numbers begin anew in each chat. */
function platformIdOf(message: Fields): string {
  return `${textOf(group(message, "chat"), "id")}_${textOf(message, "message_id")}`;
}

function labelOf(message: Fields, data: string): string {
  const rows: unknown = group(message, "reply_markup").inline_keyboard;
  const buttons: readonly unknown[] = Array.isArray(rows) ? rows.flat() : [];
  const pressed = buttons.filter(isFields).find((button) => button.callback_data === data);
  return pressed === undefined ? "" : wellFormed(rawText(pressed, "text"));
}

function isMove(message: Fields): boolean {
  return message.migrate_to_chat_id !== undefined || message.migrate_from_chat_id !== undefined;
}

function keyOf({ botId, body }: Genuine, update: Fields): string {
  const id = textOf(update, "update_id");
  if (/^\d{1,20}$/.test(id)) return `tg_${botId}_${id}`;
  return `tg_${botId}_q_${createHash("sha256").update(body).digest("hex").slice(0, 32)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function group(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

function rawText(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function textOf(fields: Fields, name: string): string {
  return rawText(fields, name).trim();
}
