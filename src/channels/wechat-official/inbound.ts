import { createHash } from "node:crypto";
import type { Inbound, InboundContent, Window } from "../../domain/messages/message.ts";
import { type Field, type Fields, isGroup, textOf, wellFormed } from "../tencent-callback/fields.ts";
import { readEvent } from "./event.ts";
import { type Reading, readMessage } from "./message.ts";
import type { Salvaged } from "./salvage.ts";

/**
 * A callback with a valid signature, decrypted: `body` are the bytes after decryption, the same in every repetition by
 * the platform.
 */
export type Genuine = { readonly appId: string; readonly body: Uint8Array; readonly now: Date };

const HOUR_MS = 3_600_000;
const AFTER_MESSAGE: Window = { messages: 5, durationMs: 48 * HOUR_MS };
const AFTER_ACTION: Window = { messages: 3, durationMs: 60_000 };
/** Of a mini program: somebody opened the chat. */
const ENTERING = "user_enter_tempsession";
const AFTER_ENTERING: Window = { messages: 2, durationMs: 60_000 };
const ACTIONS = new Set([ENTERING, "subscribe", "scan", "click", "scancode_push", "scancode_waitmsg"]);
const MAX_KEY_LENGTH = 200;
const LATEST_SECOND = 4_102_444_800;

/**
 * The messages and events of a callback, each with its dedupe key (protocols.md 1.4) and the window that it opens (2.2).
 *
 * Never throws and never gives nothing: what cannot be understood is quarantined.
 */
export function inboundsOf(genuine: Genuine, fields: Fields): readonly Inbound[] {
  const type = textOf(fields, "MsgType").toLowerCase();
  const sender = textOf(fields, "FromUserName");
  if (type === "" || sender === "") return [quarantined(genuine, "no MsgType or no FromUserName", sender)];
  return type === "event" ? eventsOf(genuine, sender, fields) : [messageOf(genuine, type, sender, fields)];
}

/**
 * The inbound for a genuine callback that cannot be read: it is kept whole, so that nobody's words are lost.
 *
 * @param sender the person, where at least that could be read
 */
export function quarantined(
  genuine: Genuine,
  reason: string,
  sender = "",
): Inbound & { readonly content: Extract<InboundContent, { kind: "quarantined" }> } {
  return {
    dedupeKey: bodyKey(genuine),
    sender,
    room: null,
    sentAt: genuine.now,
    isContact: false,
    window: null,
    replyTo: null,
    content: { kind: "quarantined", reason, raw: wellFormed(new TextDecoder().decode(genuine.body)) },
  };
}

/**
 * The inbound for a genuine callback that its own words made malformed: it is kept whole, with what can still be read
 * of it.
 */
export function unreadable(genuine: Genuine, reason: string, left: Salvaged): Inbound {
  const { content, ...kept } = quarantined(genuine, reason, left.sender);
  const isMessage = left.sender !== "" && left.type !== "" && left.type !== "event";
  return {
    ...kept,
    sentAt: momentOf(genuine, left.createTime),
    isContact: isMessage,
    window: isMessage ? AFTER_MESSAGE : null,
    content: left.words === "" ? content : { ...content, words: left.words },
  };
}

function messageOf(genuine: Genuine, type: string, sender: string, fields: Fields): Inbound {
  const reading: Reading = readMessage(type, fields);
  const id = textOf(fields, "MsgId");
  const dedupeKey = id === "" ? bodyKey(genuine) : keyOf("oa", genuine.appId, "m", id);
  const contact = { dedupeKey, isContact: true, window: AFTER_MESSAGE };
  if (!reading.ok) return { ...quarantined(genuine, reading.reason, sender), ...contact };
  return { ...contact, sender, room: null, sentAt: sentAt(genuine, fields), replyTo: null, content: reading.content };
}

function eventsOf(genuine: Genuine, from: string, fields: Fields): readonly Inbound[] {
  const event = textOf(fields, "Event");
  const name = event.toLowerCase();
  if (name === "") return [quarantined(genuine, "an event without a name", from)];
  const sender = personOf(name, from, fields);
  return readEvent(name, fields).map(({ content, job }) => ({
    dedupeKey: job === null ? eventKey(genuine, sender, event, fields) : keyOf("oa", genuine.appId, "e", job, event),
    sender,
    room: null,
    sentAt: sentAt(genuine, fields),
    isContact: isAct(name, content),
    window: isAct(name, content) ? (name === ENTERING ? AFTER_ENTERING : AFTER_ACTION) : null,
    replyTo: null,
    content,
  }));
}

/** Events about a person's authorisation come from the platform itself; the person is named by `OpenID`. */
function personOf(name: string, from: string, fields: Fields): string {
  return name.startsWith("user_") ? textOf(fields, "OpenID") || from : from;
}

/** Whether an event tells that the person did something themselves, after which we may write. */
function isAct(name: string, content: InboundContent): boolean {
  return ACTIONS.has(name) && content.kind !== "unsupported";
}

/** What tells two events of one kind, person and second apart, where EventKey does not: what was revoked, scanned, answered. */
const DETAILS = ["SessionFrom", "RevokeInfo", "ScanCodeInfo", "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent"];

/**
 * Without a moment no two taps on the same menu item could be told apart: then the body is the key.
 */
function eventKey(genuine: Genuine, sender: string, event: string, fields: Fields): string {
  const createTime = textOf(fields, "CreateTime");
  if (createTime === "") return bodyKey(genuine);
  const told = DETAILS.map((name) => flat(fields.get(name) ?? "")).join("");
  const detail = createHash("sha1").update(textOf(fields, "EventKey") + told);
  return keyOf("oa", genuine.appId, "e", sender, createTime, event, detail.digest("hex").slice(0, 10));
}

/** Everything that a field holds, as one text. */
function flat(field: Field): string {
  if (typeof field === "string") return field.trim();
  return isGroup(field) ? [...field].map(([name, one]) => `${name}=${flat(one)};`).join("") : field.map(flat).join("");
}

function bodyKey(genuine: Genuine): string {
  return keyOf("oa", genuine.appId, "q", createHash("sha256").update(genuine.body).digest("hex").slice(0, 32));
}

/**
 * A database index takes some 2,700 bytes: an absurd id must not make a message impossible to store, nor may two ids that
 * differ in odd signs alone become one.
 */
function keyOf(...parts: readonly string[]): string {
  const key = parts.join("_");
  if (key.length <= MAX_KEY_LENGTH && /^[A-Za-z0-9_-]*$/.test(key)) return key;
  return `oa_h_${createHash("sha256").update(parts.join("\n")).digest("hex")}`;
}

function sentAt(genuine: Genuine, fields: Fields): Date {
  return momentOf(genuine, textOf(fields, "CreateTime"));
}

function momentOf(genuine: Genuine, createTime: string): Date {
  const seconds = /^\d{1,10}$/.test(createTime) ? Number(createTime) : 0;
  return seconds > 0 && seconds < LATEST_SECOND ? new Date(seconds * 1000) : genuine.now;
}
