import type { InboundContent, MediaReference, Position } from "../../domain/messages/message.ts";
import { allWordsOf, type Fields, isGroup, textOf, wordsOf } from "../tencent-callback/fields.ts";
import { choiceOf, wordsOfItem } from "./choices.ts";
import { isPlaceholder } from "./placeholders.ts";

/** The reading of a message or event: its content, or why it cannot be read although it is genuine. */
export type Reading =
  | { readonly ok: true; readonly content: InboundContent }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a resident's message (protocols.md 1.3), for every MsgType but `event`.
 *
 * A type that nobody has heard of is `unsupported`: it is kept, and the person can be told.
 */
export function readMessage(type: string, fields: Fields): Reading {
  switch (type) {
    case "text":
      return readText(fields);
    case "image":
      return readMedia("image", fields);
    case "voice":
      return readMedia("voice", fields);
    case "video":
    case "shortvideo":
      return readMedia("video", fields);
    case "location":
      return readLocation(fields);
    case "link":
      return {
        ok: true,
        content: {
          kind: "link",
          title: wordsOf(fields, "Title"),
          description: wordsOf(fields, "Description"),
          url: textOf(fields, "Url"),
        },
      };
    default:
      return { ok: true, content: { kind: "unsupported", type: type.slice(0, 64) } };
  }
}

function readText(fields: Fields): Reading {
  if (isGroup(fields.get("Content"))) return { ok: false, reason: "a text that is no text" };
  const text = allWordsOf(fields, "Content");
  if (isPlaceholder(text)) return { ok: true, content: { kind: "unsupported", type: "sticker" } };
  const menuId = textOf(fields, "bizmsgmenuid");
  if (menuId === "") return { ok: true, content: { kind: "text", text } };
  const choice = choiceOf(menuId);
  const words = wordsOfItem(text);
  return { ok: true, content: { kind: "text", text: words, ...(choice === null ? {} : { choice }) } };
}

function readMedia(form: MediaReference["form"], fields: Fields): Reading {
  const mediaId = textOf(fields, "MediaId");
  if (mediaId === "") return { ok: false, reason: `${form} without MediaId` };
  const media = { mediaId, form };
  const transcript = wordsOf(fields, "Recognition");
  if (form !== "voice" || transcript.trim() === "") return { ok: true, content: { kind: "media", media } };
  return { ok: true, content: { kind: "media", media, transcript } };
}

function readLocation(fields: Fields): Reading {
  const position = positionOf(textOf(fields, "Location_X"), textOf(fields, "Location_Y"));
  if (position === null) return { ok: false, reason: "location without a position" };
  return { ok: true, content: { kind: "location", position, label: wordsOf(fields, "Label") } };
}

/** A shared place is picked on Tencent's map, so it is GCJ-02 already; X is the latitude. */
function positionOf(x: string, y: string): Position | null {
  if (x === "" || y === "") return null;
  const [latitude, longitude] = [Number(x), Number(y)];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
