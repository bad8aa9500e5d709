import { createHash } from "node:crypto";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound, InboundContent, MediaReference, Window } from "../../domain/messages/message.ts";
import { wellFormed } from "../tencent-callback/fields.ts";
import { addressIn } from "./address.ts";
import { CODE_LIFE_MS, type OneTimeCode } from "./codes.ts";
import { lateFailure } from "./errors.ts";
import { choiceOf, wordsOfItem } from "./menu.ts";

/** The fields of a row of `sync_msg`, or of a group in it; numbers are texts, as they were written. */
type Fields = Readonly<Record<string, unknown>>;

/** A row as it is handed over, with the code that came with it; no message where the row is nobody's. */
export type ReadRow = { readonly message: Inbound | null; readonly code: OneTimeCode | null };

const HOUR_MS = 3_600_000;
const AFTER_MESSAGE: Window = { messages: 5, durationMs: 48 * HOUR_MS };
const BY_CODE: Window = { messages: 1, durationMs: CODE_LIFE_MS };
const MAX_KEY_LENGTH = 200;
const LATEST_SECOND = 4_102_444_800;
/** What a person wrote; 4 is the platform's own event, 5 a person of the corporation in its own client. */
const FROM_CUSTOMER = "3";
const FORMS: ReadonlySet<string> = new Set<MediaReference["form"]>(["image", "voice", "video", "file"]);
/** The change of a session that says that it has ended. */
const ENDED = "3";

/**
 * Reads one row of what was pulled (protocols.md 3.4). What a person of the corporation wrote in its own client, and what says nothing of
 * any resident, is not handed over.
 * @param openKfId the customer-service account that was pulled
 */
export function readRow(row: Fields, openKfId: string, now: Date): ReadRow {
  const event = group(row, "event");
  const isEvent = textOf(row, "msgtype") === "event";
  const person = textOf(isEvent ? event : row, "external_userid") || textOf(row, "external_userid");
  if (person === "" || (!isEvent && textOf(row, "origin") !== FROM_CUSTOMER)) return { message: null, code: null };
  const sender = addressIn({ person, openKfId });
  const sentAt = momentOf(textOf(row, "send_time"), now);
  const head = { dedupeKey: keyOf(row), sender, sentAt };
  if (!isEvent) {
    const contact = { ...head, isContact: true, window: AFTER_MESSAGE };
    return { message: inboundOf({ ...contact, content: contentOf(row, textOf(row, "msgtype")) }), code: null };
  }
  const { content, isContact, code } = readEvent(event);
  const until = new Date(sentAt.getTime() + CODE_LIFE_MS);
  const message = inboundOf({ ...head, isContact, window: code === null ? null : BY_CODE, content });
  return { message, code: code === null ? null : { address: sender, code, until } };
}

function contentOf(row: Fields, type: string): InboundContent {
  const said = group(row, type);
  if (type === "text") {
    const text = wordsOf(said, "content");
    const menuId = textOf(said, "menu_id");
    const choice = menuId === "" ? null : choiceOf(menuId);
    return choice === null ? { kind: "text", text } : { kind: "text", text: wordsOfItem(text), choice };
  }
  if (FORMS.has(type)) {
    const mediaId = textOf(said, "media_id");
    if (mediaId === "") return { kind: "unsupported", type: `${type} without a file` };
    return { kind: "media", media: { mediaId, form: type as MediaReference["form"] } };
  }
  if (type === "location") return placeOf(said);
  if (type === "link") {
    return {
      kind: "link",
      title: wordsOf(said, "title"),
      description: wordsOf(said, "desc"),
      url: textOf(said, "url"),
    };
  }
  return { kind: "unsupported", type: type.slice(0, 64) };
}

/** A shared place is picked on Tencent's map, so it is GCJ-02 already. */
function placeOf(said: Fields): InboundContent {
  const [latitude, longitude] = [textOf(said, "latitude"), textOf(said, "longitude")];
  const position = { latitude: Number(latitude || Number.NaN), longitude: Number(longitude || Number.NaN) };
  if (!(Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180))
    return { kind: "unsupported", type: "location without a position" };
  const label = [wordsOf(said, "address"), wordsOf(said, "name")].filter((part) => part !== "").join(" ");
  return { kind: "location", position, label };
}

type ReadEvent = { readonly content: InboundContent; readonly isContact: boolean; readonly code: string | null };

/** Entering a session tells something only with a scene, or the first time in two days, when the platform gives a code for a welcome. */
function readEvent(event: Fields): ReadEvent {
  const name = textOf(event, "event_type");
  const noted = { content: { kind: "note", name: name.slice(0, 64) }, isContact: false, code: null } as const;
  switch (name) {
    case "enter_session": {
      const [scene, code] = [textOf(event, "scene_param"), textOf(event, "welcome_code")];
      if (scene === "" && code === "") return noted;
      return { content: { kind: "follow", scene: scene || null }, isContact: true, code: code || null };
    }
    case "session_status_change": {
      const code = textOf(event, "change_type") === ENDED ? textOf(event, "msg_code") : "";
      // It is as good as a contact: what waits for one may go, once.
      return { ...noted, isContact: code !== "", code: code || null };
    }
    case "msg_send_fail": {
      const platformId = textOf(event, "fail_msgid");
      if (platformId === "") return noted;
      return {
        ...noted,
        content: { kind: "delivery-report", platformId, ok: false, ...lateFailure(textOf(event, "fail_type")) },
      };
    }
    case "user_recall_msg":
      return { ...noted, content: { kind: "recalled", platformId: textOf(event, "recall_msgid") } };
    case "reject_customer_msg_switch_change": {
      const isRefused = textOf(event, "reject_switch") === "1";
      return isRefused ? { ...noted, content: { kind: "unfollow" } } : { ...noted, isContact: true };
    }
    case "servicer_status_change":
    case "servicer_recall_msg":
      return noted;
    default:
      return { ...noted, content: { kind: "unsupported", type: `event:${name.slice(0, 64)}` } };
  }
}

/** The platform's own id; a row without one has a key of all that it says. */
function keyOf(row: Fields): string {
  const key = `kf_${textOf(row, "msgid")}`;
  if (key.length > 3 && key.length <= MAX_KEY_LENGTH && /^[\w-]+$/.test(key)) return key;
  return `kf_h_${createHash("sha256").update(JSON.stringify(row)).digest("hex").slice(0, 40)}`;
}

function momentOf(sendTime: string, now: Date): Date {
  const seconds = /^\d{1,10}$/.test(sendTime) ? Number(sendTime) : 0;
  return seconds > 0 && seconds < LATEST_SECOND ? new Date(seconds * 1000) : now;
}

function group(fields: Fields, name: string): Fields {
  const value = fields[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function wordsOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? wellFormed(value) : "";
}

function textOf(fields: Fields, name: string): string {
  return wordsOf(fields, name).trim();
}
