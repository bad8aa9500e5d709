import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference, Reference, Room } from "../../domain/messages/message.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { quotingIn } from "./quote.ts";

/** The fields of a request or of an object in it; numbers are texts, as they were written. */
type Fields = Readonly<Record<string, unknown>>;

const LATEST_MS = 4_102_444_800_000;
const FORMS: readonly MediaReference["form"][] = ["image", "voice", "video", "file"];

/**
 * The messages of a request of the bridge, in their order; null where it is none.
 *
 * What is said in a room and is not to us never leaves the bridge; where it did, it ends here.
 */
export function inboundsOf(request: Fields, now: Date): readonly Inbound[] | null {
  const list: unknown = request.messages;
  if (!Array.isArray(list) || list.length === 0) return null;
  return list.flatMap((one: unknown) => (isFields(one) ? messageOf(one, now) : [unreadable(JSON.stringify(one), now)]));
}

/** The inbound for a genuine request, or part of one, that cannot be read: it is kept whole, so that nobody's words are lost. */
export function unreadable(raw: string, now: Date): Inbound {
  const digest = createHash("sha256").update(raw).digest("hex").slice(0, 32);
  const content = { kind: "quarantined", reason: "no message of the bridge", raw: wellFormed(raw) } as const;
  return inboundOf({ dedupeKey: `wx_q_${digest}`, sender: "", sentAt: now, content });
}

function messageOf(message: Fields, now: Date): readonly Inbound[] {
  const [id, sender] = [textOf(message, "id"), textOf(message, "from")];
  if (id === "" || sender === "") return [unreadable(JSON.stringify(message), now)];
  if (message.self === true) return [];
  const room = roomOf(message);
  if (room !== null && message.toUs !== true) return [];
  const { content, replyTo } = contentOf(message);
  const ms = Number(textOf(message, "at"));
  const sentAt = ms > 0 && ms < LATEST_MS ? new Date(ms) : now;
  const isContact = content.kind !== "recalled" && content.kind !== "note";
  return [inboundOf({ dedupeKey: keyOf(id), sender, room, sentAt, isContact, replyTo, content, platformId: id })];
}

type Said = { readonly content: InboundContent; readonly replyTo: Reference | null };

function contentOf(message: Fields): Said {
  const kind = textOf(message, "kind");
  const alone = (content: InboundContent): Said => ({ content, replyTo: null });
  switch (kind) {
    case "text": {
      const { quoted, text } = quotingIn(wordsIn(message, "text"));
      return { content: { kind: "text", text }, replyTo: quoted === null ? null : { by: "words", text: quoted } };
    }
    case "place":
      return alone(placeOf(group(message, "place")));
    case "link": {
      const link = group(message, "link");
      const [title, description, url] = ["title", "description", "url"].map((name) => wordsIn(link, name));
      return alone({ kind: "link", title: title ?? "", description: description ?? "", url: url ?? "" });
    }
    case "recalled":
      return alone({ kind: "recalled", platformId: textOf(message, "text") || textOf(message, "id") });
    case "added":
      return alone({ kind: "follow", scene: null });
    default: {
      const form = FORMS.find((one) => one === kind);
      if (form === undefined)
        return alone({ kind: "unsupported", type: (textOf(message, "type") || kind).slice(0, 64) });
      const fileName = wordsIn(message, "fileName");
      const media = { mediaId: textOf(message, "id"), form, ...(fileName !== "" && { fileName }) };
      return alone({ kind: "media", media });
    }
  }
}

/** Places of WeChat are in GCJ-02. */
function placeOf(place: Fields): InboundContent {
  const [latitude, longitude] = [Number(textOf(place, "latitude")), Number(textOf(place, "longitude"))];
  const isPlace = textOf(place, "latitude") !== "" && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isPlace) return { kind: "unsupported", type: "place" };
  return { kind: "location", position: { latitude, longitude }, label: wordsIn(place, "label") };
}

function roomOf(message: Fields): Room | null {
  if (!isFields(message.room)) return null;
  return { id: textOf(message.room, "id"), title: wordsIn(message.room, "title") };
}

/** Ids are the puppet's own: one that is no key as it is stands for itself by its digest. */
function keyOf(id: string): string {
  if (/^[\w-]{1,190}$/.test(id)) return `wx_${id}`;
  return `wx_d_${createHash("sha256").update(id).digest("hex").slice(0, 40)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function group(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

function wordsIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? wellFormed(value) : "";
}

function textOf(fields: Fields, name: string): string {
  return wordsIn(fields, name).trim();
}
