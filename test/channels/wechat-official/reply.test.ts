import * as oracle from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBody } from "../../../src/channels/tencent-callback/body.ts";
import { aesKeyOf, signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { textOf, wordsOf } from "../../../src/channels/tencent-callback/fields.ts";
import { receive } from "../../../src/channels/wechat-official/webhook.ts";
import type { OutboundContent } from "../../../src/domain/messages/message.ts";
import { ACCOUNT, callback, xml } from "./request.ts";

const NOW = new Date("2026-09-21T15:00:00Z");
const SECONDS = "1790002800";
const keys = { appId: ACCOUNT.appId, token: ACCOUNT.token };

const message = {
  ToUserName: "gh_demo",
  FromUserName: "oDemo1",
  CreateTime: "1790000000",
  MsgType: "text",
  MsgId: "1",
};
const event = (Event: string, EventKey = "") => ({ ...message, MsgType: "event", Event, EventKey });

type Case = { format?: "xml" | "json"; mode?: "plain" | "compat" | "safe"; fields?: Record<string, string> };

function reply(outbound: OutboundContent, { format = "xml", mode = "plain", fields = message }: Case = {}) {
  const clear = format === "xml" ? xml(fields) : JSON.stringify(fields);
  const aesKey = mode === "plain" ? null : aesKeyOf(ACCOUNT.encodingAesKey);
  const result = receive({ ...keys, aesKey }, callback(clear, { mode, format, at: NOW }), {
    now: NOW,
    maxAgeSeconds: 300,
  });
  if (result.kind !== "received") throw new Error(result.kind);
  return result.replyWith({ key: "key-1", ...outbound });
}

function fieldsOf(body: string) {
  const parsed = parseBody(Buffer.from(body));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.fields;
}

describe("a passive reply", () => {
  it("swaps the two sides and carries the words", () => {
    expect(reply({ kind: "text", text: "已收到\n编号 12" })).toEqual({
      status: 200,
      contentType: "application/xml; charset=utf-8",
      body: `<xml><ToUserName><![CDATA[oDemo1]]></ToUserName><FromUserName><![CDATA[gh_demo]]></FromUserName><CreateTime>${SECONDS}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[已收到\n编号 12]]></Content></xml>`,
    });
  });

  it("is JSON where the request was JSON", () => {
    const answer = reply({ kind: "text", text: "已收到" }, { format: "json" });
    expect(answer?.contentType).toBe("application/json; charset=utf-8");
    expect(JSON.parse(answer?.body ?? "")).toEqual({
      ToUserName: "oDemo1",
      FromUserName: "gh_demo",
      CreateTime: Number(SECONDS),
      MsgType: "text",
      Content: "已收到",
    });
  });

  it.each(["compat", "safe"] as const)("is encrypted and signed in %s mode", (mode) => {
    const sealed = fieldsOf(reply({ kind: "text", text: "已收到" }, { mode })?.body ?? "");
    const [encrypted, timestamp, nonce] = ["Encrypt", "TimeStamp", "Nonce"].map((name) => textOf(sealed, name));
    expect([...sealed.keys()]).toEqual(["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]);
    expect(timestamp).toBe(SECONDS);
    expect(textOf(sealed, "MsgSignature")).toBe(signatureOf([ACCOUNT.token, SECONDS, nonce!, encrypted!]));
    const opened = oracle.decrypt(ACCOUNT.encodingAesKey, encrypted!);
    expect(opened.id).toBe(ACCOUNT.appId);
    expect(textOf(fieldsOf(opened.message), "Content")).toBe("已收到");
  });

  it("is encrypted in JSON with a number as TimeStamp", () => {
    const answer = JSON.parse(reply({ kind: "text", text: "好" }, { mode: "safe", format: "json" })?.body ?? "");
    expect(Object.keys(answer)).toEqual(["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]);
    expect(answer.TimeStamp).toBe(Number(SECONDS));
    expect(JSON.parse(oracle.decrypt(ACCOUNT.encodingAesKey, answer.Encrypt).message).Content).toBe("好");
  });

  it("uses another nonce each time", () => {
    const nonces = [1, 2].map(() =>
      textOf(fieldsOf(reply({ kind: "text", text: "好" }, { mode: "safe" })!.body), "Nonce"),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("numbers choices", () => {
    const choices = [
      { id: "1", label: "满意" },
      { id: "2", label: "不满意" },
    ];
    const answer = reply({ kind: "choices", text: "满意吗？", choices, closing: "请回复数字" });
    expect(textOf(fieldsOf(answer?.body ?? ""), "Content")).toBe("满意吗？\n1. 满意\n2. 不满意\n请回复数字");
  });

  it("keeps any words, also those that end CDATA", () => {
    const text = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.constant("a]]>b]]>]]"));
    fc.assert(
      fc.property(text, (words) => {
        const clean = words.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, "");
        fc.pre(clean !== "");
        expect(wordsOf(fieldsOf(reply({ kind: "text", text: clean })?.body ?? ""), "Content")).toBe(clean);
      }),
    );
  });

  it("replaces what XML cannot hold", () => {
    const answer = reply({ kind: "text", text: "a\u0000\u0007\ud800b\n" });
    expect(answer?.body).toContain("<![CDATA[a\uFFFD\uFFFD\uFFFDb\n]]>");
  });

  it("takes 2048 bytes and not one more", () => {
    expect(reply({ kind: "text", text: "a".repeat(2048) })).not.toBeNull();
    expect(reply({ kind: "text", text: "a".repeat(2049) })).toBeNull();
    expect(reply({ kind: "text", text: "路".repeat(683) })).toBeNull();
    expect(reply({ kind: "text", text: "" })).toBeNull();
  });

  it("carries neither images nor notices", () => {
    const file = { bytes: new Uint8Array(1), contentType: "image/png", fileName: "a.png", caption: "" };
    const image: OutboundContent = { kind: "media", form: "image", ...file };
    const fields = { number: "1", summary: "s", deputy: "d", date: "2026-01-01" };
    expect(reply(image)).toBeNull();
    expect(reply({ kind: "notice", fields })).toBeNull();
  });

  it.each([
    ["a follow", event("subscribe"), true],
    ["a scan", event("SCAN", "g:1"), true],
    ["a tap on the menu", event("CLICK", "status"), true],
    ["a code scanned from the menu", event("scancode_waitmsg", "k"), true],
    ["a message of an unknown type", { ...message, MsgType: "file" }, true],
    ["an unfollow", event("unsubscribe"), false],
    ["a position", event("LOCATION"), false],
    ["a menu link", event("VIEW", "https://example.org"), false],
    ["a delivery report", { ...event("TEMPLATESENDJOBFINISH"), MsgID: "1", Status: "success" }, false],
    ["a withdrawn authorisation", { ...event("user_authorization_revoke"), OpenID: "o" }, false],
    ["an unknown event", event("brand_new"), false],
    ["something unreadable", { FromUserName: "oDemo1", ToUserName: "gh_demo" }, false],
    ["a message that does not name the account", { ...message, ToUserName: "" }, false],
  ])("to %s is possible: %s", (_what, fields, possible) => {
    expect(reply({ kind: "text", text: "好" }, { fields: fields as Record<string, string> }) !== null).toBe(possible);
  });
});
