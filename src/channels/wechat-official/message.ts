import type { InboundContent, MediaReference, Position } from "../../domain/messages/message.ts";
import { allWordsOf, type Fields, isGroup, textOf, wordsOf } from "../tencent-callback/fields.ts";
import { choiceOf, wordsOfItem } from "./choices.ts";

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
    case "miniprogrampage":
      return {
        ok: true,
        content: {
          kind: "link",
          title: wordsOf(fields, "Title"),
          description: wordsOf(fields, "PagePath"),
          url: "",
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

/**
 * What WeChat writes in place of a sticker and of other things that accounts are not given, by the language of the person's
 * client: Chinese (mainland, Taiwan, Hong Kong) and English as reported by others, the rest as clients word it elsewhere.
 */
const PLACEHOLDERS: readonly RegExp[] = [
  /^收到不支(?:持|援)的(?:消息|訊息|讯息|信息)(?:类型|類型|种类|種類)?[,。 ]*(?:(?:暂时?|暫時?)?(?:无法|無法|不能)(?:显示|顯示))?$/,
  /^(?:此|该|該|这种|這種)?(?:消息|訊息)(?:类型|類型)?(?:暂|暫)?不支(?:持|援)(?:显示|顯示|查看|檢視)?$/,
  /^(?:received )?(?:an )?(?:unsupported|unknown) (?:message|msg)(?: type)?[,. ]*(?:(?:unable to|cannot|can't)(?: be)? display(?:ed)?)?$/,
  /^(?:this )?message(?: type)? (?:is )?not supported$/,
  /^(?:动画表情|動畫表情|动态表情|動態貼圖|貼圖|表情|animated ?stickers?|stickers?|custom emoji|gif)$/,
  /^(?:サポートされていない|対応していない|未対応の?)メッセージ(?:です)?$/,
  /^지원(?:되지|하지) 않는 메시지(?:입니다)?$/,
  /^(?:mesej|pesan) (?:yang )?tidak (?:disokong|didukung)$/,
  /^tin nhắn không (?:được )?hỗ trợ$/,
  /^ข้อความที่ไม่รองรับ$/,
  /^(?:mensaje no (?:compatible|admitido)|mensagem (?:não|sem) (?:suportada|suporte)|message non (?:pris en charge|supporté)|messaggio non supportato|nicht unterstützte nachricht|неподдерживаемое сообщение|desteklenmeyen mesaj)$/,
];

/** What nobody would write, even where a client leaves the brackets out. */
const NOBODY_WRITES = /^收到不支(?:持|援)的(?:消息|訊息)(?:类型|類型)[, ]*(?:暂时?|暫時?)?(?:无法|無法)(?:显示|顯示)$/;
/** Brackets differ between clients and versions. */
const IN_BRACKETS = /^[[【［〔「(（]\s*(.*?)\s*[\]】］〕」)）]$/su;

/** Whether a text was written by the platform in place of something else: it is nobody's words. */
export function isPlaceholder(text: string): boolean {
  const [, inside] = IN_BRACKETS.exec(text.trim()) ?? [];
  const said = (inside ?? text)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}]+/gu, " ")
    .trim()
    .toLowerCase();
  if (inside === undefined) return NOBODY_WRITES.test(said);
  return PLACEHOLDERS.some((placeholder) => placeholder.test(said));
}
