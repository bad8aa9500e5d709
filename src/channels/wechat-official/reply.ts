import { randomBytes } from "node:crypto";
import type { Inbound, OutboundContent } from "../../domain/messages/message.ts";
import type { WebhookReply } from "../channel.ts";
import { numbered } from "../numbered.ts";
import type { Format } from "../tencent-callback/body.ts";
import { type AesKey, encrypt, signatureOf } from "../tencent-callback/crypto.ts";
import { wellFormed } from "../tencent-callback/fields.ts";

/** The part of a request that its passive reply needs. */
export type ReplyContext = {
  readonly format: Format;
  readonly appId: string;
  readonly token: string;
  /** Present in compat and safe mode: the reply is then encrypted. */
  readonly aesKey: AesKey | null;
  /** The account's original id, `ToUserName` of the request. */
  readonly account: string;
  readonly now: Date;
};

/** Undocumented for Official Accounts; WeCom documents 2048 and cuts what is longer. */
const MAX_TEXT_BYTES = 2048;
const ANSWERED_KINDS = new Set(["text", "media", "location", "link", "follow", "scan", "menu"]);
const ANSWERED_EVENTS = new Set(["scancode_push", "scancode_waitmsg"]);
/** Control characters but tab and line ends, and the two that are no characters: XML 1.0 cannot hold them. */
const UNFIT_FOR_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;

/**
 * The synchronous reply (protocols.md 1.6, 1.7) that carries `outbound` to the person who wrote.
 *
 * @returns null when `outbound` is no text or choices, when its text is over 2048 bytes (the caller decides what then;
 *   nothing is cut), or when nobody would see it: the person left, or the request came from the platform itself
 */
export function passiveReply(context: ReplyContext, to: Inbound, outbound: OutboundContent): WebhookReply | null {
  const text = wordsFor(outbound);
  if (text === null || text === "" || Buffer.byteLength(text) > MAX_TEXT_BYTES) return null;
  if (context.account === "" || !isAnswered(to)) return null;
  const clear = context.format === "xml" ? clearXml(context, to, text) : clearJson(context, to, text);
  const body = context.aesKey === null ? clear : sealedReply(context, context.aesKey, clear);
  const contentType = context.format === "xml" ? "application/xml" : "application/json";
  return { status: 200, contentType: `${contentType}; charset=utf-8`, body };
}

function wordsFor(outbound: OutboundContent): string | null {
  if (outbound.kind === "text") return wellFormed(outbound.text);
  if (outbound.kind === "card") return wellFormed(outbound.text);
  return outbound.kind === "choices" ? wellFormed(numbered(outbound)) : null;
}

function isAnswered({ sender, isContact, content }: Inbound): boolean {
  if (sender === "") return false;
  if (content.kind === "quarantined") return isContact;
  if (content.kind === "note") return ANSWERED_EVENTS.has(content.name);
  if (content.kind === "unsupported") return !content.type.startsWith("event:");
  return ANSWERED_KINDS.has(content.kind);
}

function clearXml(context: ReplyContext, to: Inbound, text: string): string {
  return `<xml><ToUserName>${cdata(to.sender)}</ToUserName><FromUserName>${cdata(context.account)}</FromUserName><CreateTime>${seconds(context.now)}</CreateTime><MsgType>${cdata("text")}</MsgType><Content>${cdata(text)}</Content></xml>`;
}

function clearJson(context: ReplyContext, to: Inbound, text: string): string {
  return JSON.stringify({
    ToUserName: to.sender,
    FromUserName: context.account,
    CreateTime: seconds(context.now),
    MsgType: "text",
    Content: text,
  });
}

function sealedReply(context: ReplyContext, aesKey: AesKey, clear: string): string {
  const sealed = encrypt(aesKey, clear, context.appId);
  const nonce = randomBytes(8).toString("hex");
  const timestamp = seconds(context.now);
  const signature = signatureOf([context.token, String(timestamp), nonce, sealed]);
  if (context.format === "json") {
    return JSON.stringify({ Encrypt: sealed, MsgSignature: signature, TimeStamp: timestamp, Nonce: nonce });
  }
  return `<xml><Encrypt>${cdata(sealed)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replace(UNFIT_FOR_XML, "\uFFFD").replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
