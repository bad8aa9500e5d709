import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Choice, Outbound } from "../../../src/domain/messages/message.ts";
import { ANN, CUSTOM, type Platform, senderAt, startPlatform, TOKEN } from "./platform.ts";

const TEMPLATE = "/cgi-bin/message/template/send";
const SUBSCRIPTION = "/cgi-bin/message/subscribe/bizsend";
const UPLOAD = "/cgi-bin/media/upload";
const templates = {
  template: "T1:character_string1={number},thing2={summary}",
  "subscribe-template": "T2:name1={deputy},date2={date}",
};
const text: Outbound = { key: "key-1", kind: "text", text: "已收到" };
const notice: Outbound = {
  key: "key-1",
  kind: "notice",
  fields: { number: "2026-000123", summary: "路灯", deputy: "王代表", date: "2026-09-08" },
};
const image: Outbound = {
  ...{ key: "key-1", kind: "media", form: "image", caption: "" },
  ...{ bytes: Buffer.from("PNG!"), contentType: "image/png", fileName: "灯.png" },
};

function question(labels: readonly string[]): Outbound {
  const choices: Choice[] = labels.map((label, index) => ({ id: String(index + 1), label }));
  return { key: "key-1", kind: "choices", text: "满意吗？", choices, closing: "也可回复数字" };
}

let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(() => platform.close());

describe("the rungs of an account", () => {
  it.each([
    [{}, ["direct"]],
    [templates, ["direct", "template", "subscription"]],
    [{ "subscribe-template": "T2:thing1={summary}" }, ["direct", "subscription"]],
    [{ ...templates, replies: "passive" }, ["passive"]],
  ])("with %j are %j", (options, rungs) => {
    expect(senderAt(platform.base, options as Record<string, string>).abilities.rungs).toEqual(rungs);
  });

  it("that it lacks are never called", async () => {
    const passive = senderAt(platform.base, { ...templates, replies: "passive" });
    const direct = senderAt(platform.base);
    expect(await passive.send("passive", ANN, text)).toMatchObject({ outcome: "refused", blocks: "rung" });
    expect(await passive.send("direct", ANN, text)).toMatchObject({ outcome: "refused", blocks: "rung" });
    expect(await direct.send("template", ANN, notice)).toMatchObject({ outcome: "refused", blocks: "rung" });
    expect(platform.calls).toEqual([]);
  });

  it("take only what they can carry", async () => {
    const sender = senderAt(platform.base, templates);
    expect(await sender.send("direct", ANN, notice)).toMatchObject({ outcome: "refused", blocks: "content" });
    expect(await sender.send("template", ANN, text)).toMatchObject({ outcome: "refused", blocks: "content" });
    expect(platform.calls).toEqual([]);
  });
});

const two = question(["满意", "不满意"]);
const twoAsMenu = {
  touser: "oDemo1",
  msgtype: "msgmenu",
  msgmenu: {
    head_content: "满意吗？",
    list: [
      { id: "101", content: "1 满意" },
      { id: "102", content: "2 不满意" },
    ],
    tail_content: "也可回复数字",
  },
};
const twoAsText = {
  touser: "oDemo1",
  msgtype: "text",
  text: { content: "满意吗？\n1. 满意\n2. 不满意\n也可回复数字" },
};

describe("a direct message", () => {
  it("of words is one call with the shared token", async () => {
    expect(await senderAt(platform.base).send("direct", ANN, text)).toEqual({
      outcome: "delivered",
      platformId: null,
    });
    expect(platform.sent(CUSTOM)).toEqual([{ touser: "oDemo1", msgtype: "text", text: { content: "已收到" } }]);
    expect(platform.calls.at(-1)?.query.get("access_token")).toBe("T1");
    expect(platform.calls.at(-1)).toMatchObject({ method: "POST", contentType: "application/json" });
  });

  it("with choices is a menu with short numeric ids", async () => {
    expect((await senderAt(platform.base).send("direct", ANN, two)).outcome).toBe("delivered");
    expect(platform.sent(CUSTOM)).toEqual([twoAsMenu]);
  });

  it.each([
    ["nine choices", question(Array.from("123456789", (digit) => `选${digit}`))],
    ["an item of 13 characters with its digit", question(["路".repeat(11)])],
    ["no choices", question([])],
  ])("with %s goes as numbered words", async (_what, outbound) => {
    await senderAt(platform.base).send("direct", ANN, outbound);
    expect(platform.sent(CUSTOM)).toMatchObject([{ msgtype: "text" }]);
  });

  it("shows the digit of each choice in the menu as in plain words, for that is what people are asked to reply", async () => {
    await senderAt(platform.base).send("direct", ANN, question(["柳东村", "柳西村", "都不是"]));
    const [{ msgmenu }] = platform.sent(CUSTOM) as [{ msgmenu: { list: { content: string }[] } }];
    expect(msgmenu.list.map((item) => item.content)).toEqual(["1 柳东村", "2 柳西村", "3 都不是"]);
  });

  it.each([40200, 45098, 45099, 45002])("whose menu is refused with %i goes as numbered words, once", async (code) => {
    platform.answer(CUSTOM, { errcode: code, errmsg: "no menu" });
    expect((await senderAt(platform.base).send("direct", ANN, two)).outcome).toBe("delivered");
    expect(platform.sent(CUSTOM)).toEqual([twoAsMenu, twoAsText]);
  });

  it("whose account may send neither menu nor words is not tried a third time", async () => {
    platform.answer(CUSTOM, { errcode: 40200 }, { errcode: 40200 });
    expect(await senderAt(platform.base).send("direct", ANN, two)).toMatchObject({ blocks: "account" });
    expect(platform.sent(CUSTOM)).toHaveLength(2);
  });

  it("that is too long for the platform goes in parts", async () => {
    platform.answer(CUSTOM, { errcode: 45002 });
    const long = `${"路".repeat(300)}。${"灯".repeat(200)}`;
    expect((await senderAt(platform.base).send("direct", ANN, { ...text, text: long })).outcome).toBe("delivered");
    const parts = platform.sent(CUSTOM).slice(1) as { text: { content: string } }[];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.text.content).join("")).toBe(long);
  });

  it("of which only the beginning arrived is uncertain, never repeated and never called delivered", async () => {
    platform.answer(CUSTOM, { errcode: 45002 }, { errcode: 0 }, { errcode: 45047 });
    const outcome = await senderAt(platform.base).send("direct", ANN, { ...text, text: "路".repeat(500) });
    expect(outcome).toMatchObject({ outcome: "uncertain" });
    expect(platform.sent(CUSTOM)).toHaveLength(3);
  });

  it("that has become somebody else's to send is not sent any more", async () => {
    const outcome = await senderAt(platform.base).send("direct", ANN, text, () => false);
    expect(outcome).toMatchObject({ outcome: "retry" });
    expect(await senderAt(platform.base, templates).send("template", ANN, notice, () => false)).toMatchObject({
      outcome: "retry",
    });
    expect(platform.calls.map((call) => call.path)).toEqual([TOKEN, TOKEN]);
  });

  it("that becomes somebody else's between two parts is uncertain, and no further part is sent", async () => {
    platform.answer(CUSTOM, { errcode: 45002 });
    const isOurs = () => platform.sent(CUSTOM).length < 2;
    const long: Outbound = { key: "key-1", kind: "text", text: "路".repeat(500) };
    expect(await senderAt(platform.base).send("direct", ANN, long, isOurs)).toMatchObject({
      outcome: "uncertain",
    });
    expect(platform.sent(CUSTOM)).toHaveLength(2);
  });

  it("that stays too long is refused after a few halvings", async () => {
    platform.answer(CUSTOM, ...Array.from({ length: 20 }, () => ({ errcode: 45002 })));
    const outcome = await senderAt(platform.base).send("direct", ANN, { ...text, text: "路".repeat(600) });
    expect(outcome).toMatchObject({ outcome: "refused", blocks: "content" });
    expect(platform.sent(CUSTOM).length).toBeLessThan(6);
  });

  it.each([
    [-1, { outcome: "retry" }],
    [40003, { outcome: "refused", blocks: "person" }],
    [45015, { outcome: "refused", blocks: "rung" }],
    [45047, { outcome: "refused", blocks: "rung" }],
    [45009, { outcome: "retry", afterMs: 65 * 60_000 }],
    [45011, { outcome: "retry", afterMs: 60_000 }],
    [48001, { outcome: "refused", blocks: "account", lacks: true, reason: "48001 the account lacks this interface" }],
    [12345, { outcome: "refused", blocks: "content" }],
  ])("that HTTP 200 answers with errcode %i is not delivered", async (errcode, expected) => {
    platform.answer(CUSTOM, { errcode, errmsg: "said so" });
    expect(await senderAt(platform.base).send("direct", ANN, text)).toMatchObject(expected);
    expect(platform.sent(CUSTOM)).toHaveLength(1);
  });
});

describe("an image", () => {
  it("is uploaded with its name and type, then sent", async () => {
    platform.answer(UPLOAD, { type: "image", media_id: "M1", created_at: 1 });
    expect((await senderAt(platform.base).send("direct", ANN, image)).outcome).toBe("delivered");
    const upload = platform.calls.find((call) => call.path === UPLOAD);
    expect(upload?.query.get("type")).toBe("image");
    expect(upload?.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload?.body.toString()).toMatch(/name="media"; filename="灯\.png"\r\nContent-Type: image\/png\r\n\r\nPNG!/);
    expect(platform.sent(CUSTOM)).toEqual([{ touser: "oDemo1", msgtype: "image", image: { media_id: "M1" } }]);
  });

  it("whose upload expired is uploaded again, once", async () => {
    platform.answer(UPLOAD, { media_id: "M1" }, { media_id: "M2" });
    platform.answer(CUSTOM, { errcode: 40007 }, { errcode: 40007 });
    expect(await senderAt(platform.base).send("direct", ANN, image)).toMatchObject({ blocks: "content" });
    expect(platform.sent(CUSTOM)).toMatchObject([{ image: { media_id: "M1" } }, { image: { media_id: "M2" } }]);
  });

  it("whose upload broke off certainly did not reach the person", async () => {
    platform.answer(UPLOAD, "reset");
    expect(await senderAt(platform.base).send("direct", ANN, image)).toMatchObject({ outcome: "retry" });
    expect(platform.sent(CUSTOM)).toEqual([]);
  });

  it.each([
    ["of another type", { ...image, contentType: "image/svg+xml" }],
    ["over 10 MB", { ...image, bytes: new Uint8Array(10 * 1024 * 1024 + 1) }],
  ])("%s is refused without a call", async (_what, outbound) => {
    expect(await senderAt(platform.base).send("direct", ANN, outbound)).toMatchObject({ blocks: "content" });
    expect(platform.calls).toEqual([]);
  });
});

describe("a voice", () => {
  const voice: Outbound = { ...image, form: "voice", contentType: "audio/amr", fileName: "voice.amr" };

  it("is uploaded as one, then sent", async () => {
    platform.answer(UPLOAD, { type: "voice", media_id: "V1", created_at: 1 });
    expect((await senderAt(platform.base).send("direct", ANN, voice)).outcome).toBe("delivered");
    expect(platform.calls.find((call) => call.path === UPLOAD)?.query.get("type")).toBe("voice");
    expect(platform.sent(CUSTOM)).toEqual([{ touser: "oDemo1", msgtype: "voice", voice: { media_id: "V1" } }]);
  });

  it.each([
    ["of another type", { ...voice, contentType: "audio/ogg" }],
    ["over 2 MB", { ...voice, bytes: new Uint8Array(2 * 1024 * 1024 + 1) }],
  ])("%s is refused without a call", async (_what, outbound) => {
    expect(await senderAt(platform.base).send("direct", ANN, outbound)).toMatchObject({ blocks: "content" });
    expect(platform.calls).toEqual([]);
  });
});

describe("a notice", () => {
  it("by template can be repeated without doubling, and keeps all digits of its id", async () => {
    platform.answer(TEMPLATE, { raw: '{"errcode":0,"errmsg":"ok","msgid":9007199254740993123}' });
    expect(await senderAt(platform.base, templates).send("template", ANN, notice)).toEqual({
      outcome: "delivered",
      platformId: "9007199254740993123",
    });
    expect(platform.sent(TEMPLATE)).toEqual([
      {
        touser: "oDemo1",
        template_id: "T1",
        data: { character_string1: { value: "2026-000123" }, thing2: { value: "路灯" } },
        client_msg_id: "key-1",
      },
    ]);
  });

  it("by subscription names its template", async () => {
    expect((await senderAt(platform.base, templates).send("subscription", ANN, notice)).outcome).toBe("delivered");
    expect(platform.sent(SUBSCRIPTION)).toEqual([
      { touser: "oDemo1", template_id: "T2", data: { name1: { value: "王代表" }, date2: { value: "2026年9月8日" } } },
    ]);
  });

  it("without consent falls to the next rung", async () => {
    platform.answer(SUBSCRIPTION, { errcode: 43101 });
    expect(await senderAt(platform.base, templates).send("subscription", ANN, notice)).toMatchObject({
      outcome: "refused",
      blocks: "rung",
    });
  });

  it("whose date is no day is not sent", async () => {
    const dateless: Outbound = { ...notice, fields: { ...notice.fields, date: "" } };
    expect(await senderAt(platform.base, templates).send("subscription", ANN, dateless)).toMatchObject({
      outcome: "refused",
      blocks: "content",
    });
    expect(platform.calls.filter((call) => call.path !== TOKEN)).toEqual([]);
  });
});
