import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { salvage } from "../../../src/channels/wechat-official/salvage.ts";

const HEAD =
  "<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<FromUserName><![CDATA[oWriter-1_]]></FromUserName>\n" +
  "<CreateTime>1790000000</CreateTime><MsgType><![CDATA[text]]></MsgType>";
const TAIL = "<MsgId>25000000000000001</MsgId></xml>";
const read = (text: string, openid: string | null = null) => salvage(new TextEncoder().encode(text), openid);
const broken = (words: string) => `${HEAD}<Content><![CDATA[${words}]]></Content>${TAIL}`;

describe("a callback that its own words broke", () => {
  it.each([
    ["a field inside", "你看 <Content><![CDATA[你好]]></Content>… 厨房一股煤气味", "你看 你好 … 厨房一股煤气味"],
    ["an end of CDATA", "三楼]]>煤气泄漏<", "三楼 煤气泄漏<"],
    ["another writer", "]]></Content><FromUserName><![CDATA[oVictim]]></FromUserName><a>", "oVictim"],
    ["tags of the web", "<div><b>着火了</b>]]><br/>", "着火了"],
  ])("says who wrote it, when, and what is left: %s", (_what, words, left) => {
    expect(read(broken(words))).toEqual({
      format: "xml",
      account: "gh_1",
      sender: "oWriter-1_",
      type: "text",
      createTime: "1790000000",
      words: left,
    });
  });

  test("in JSON too", () => {
    const head = '{"ToUserName":"gh_1","FromUserName":"oWriter-1_","CreateTime":1790000000,"MsgType":"text",';
    expect(read(`${head}"Content":"他说"煤气泄漏"了","MsgId":1}`)).toMatchObject({
      format: "json",
      sender: "oWriter-1_",
      words: '他说"煤气泄漏"了',
    });
  });

  test("cut off in the middle, with what came", () => {
    expect(read(`${HEAD}<Content><![CDATA[厨房一股煤`)).toMatchObject({ sender: "oWriter-1_", words: "厨房一股煤" });
  });

  it.each([
    ["stands only in the words", "<xml><Content><FromUserName><![CDATA[oVictim]]></FromUserName>", null],
    ["stands there twice", `${HEAD}<FromUserName><![CDATA[oVictim]]></FromUserName><Content>`, "oVictim"],
    ["is contradicted by the address", broken("]]>"), "oSomebody"],
    ["is none", broken("]]>").replace("oWriter-1_", "o writer"), null],
  ])("names nobody where its writer %s", (_what, text, openid) => {
    expect(read(text, openid).sender).not.toMatch(/oVictim|oSomebody|o writer/);
    if (!text.includes("<FromUserName><![CDATA[oVictim")) expect(read(text, openid).sender).toBe("");
  });

  test("is read in bounded time, whatever it holds", () => {
    for (const part of ["<Content>", "]]></Content>", "<MsgType>", '"Content":"', "<![CDATA[", "<a "]) {
      read(HEAD + part.repeat(20_000));
      read(`{${part.repeat(20_000)}`);
    }
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void read(HEAD + text, null)));
  });
});
