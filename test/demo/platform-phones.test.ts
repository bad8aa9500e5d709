import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { XMLParser } from "fast-xml-parser";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SERVICE_FAILED } from "../../src/demo/platforms/wechat/phone.ts";
import { textOf } from "../../src/demo/platforms/wechat/screen.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { type AccountServer, AES_KEY, accountAt, type Received, startAccountServer } from "./platform-setup.ts";

const parser = new XMLParser({ parseTagValue: false });
const readXml = (body: string): Record<string, unknown> => parser.parse(body).xml;
let server: AccountServer;
let wechat: SimulatedWechat;

beforeEach(async () => {
  server = await startAccountServer();
  wechat = await startWechat({ accounts: [accountAt(server.url)], retryAfterMs: 0, answerWithinMs: 150 });
});
afterEach(async () => {
  await wechat.close();
  await server.close();
});

function opened(request: Received): Record<string, unknown> {
  const sealed = String(readXml(request.body).Encrypt);
  const { query } = request;
  const expected = getSignature("t0ken", query.get("timestamp") ?? "", query.get("nonce") ?? "", sealed);
  expect(query.get("msg_signature")).toBe(expected);
  const { message, id } = decrypt(AES_KEY, sealed);
  expect(id).toBe("wx00000000000000aa");
  return readXml(message);
}

function sealedReply(
  content: string,
  changes: { appId?: string; signature?: string } = {},
): (request: Received) => string {
  return (request) => {
    const { FromUserName, ToUserName } = opened(request);
    const plain = `<xml><ToUserName>${FromUserName}</ToUserName><FromUserName>${ToUserName}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[${content}]]></Content></xml>`;
    const sealed = encrypt(AES_KEY, plain, changes.appId ?? "wx00000000000000aa");
    const signature = changes.signature ?? getSignature("t0ken", "1", "n", sealed);
    return `<xml><Encrypt>${sealed}</Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce></xml>`;
  };
}

describe("a phone's callback in safe mode", () => {
  it("is signed and encrypted as an independent library expects, with ids beyond 2^53", async () => {
    await wechat.phone("oa", "o1").say("楼下路灯不亮 <b>&]]>");
    await wechat.phone("oa", "o1").say("还是没修好");
    const [first, second] = server.received.map(opened);
    expect(first).toMatchObject({ FromUserName: "o1", MsgType: "text", Content: "楼下路灯不亮 <b>&]]>" });
    expect(BigInt(String(first?.MsgId))).toBeGreaterThan(2n ** 53n);
    expect(BigInt(String(second?.MsgId))).toBeGreaterThan(BigInt(String(first?.MsgId)));
    expect(readXml(server.received[0]!.body)).not.toHaveProperty("Content");
  });

  it("shows a passive reply that is sealed well, and never one that is not", async () => {
    const phone = wechat.phone("oa", "o1");
    server.answer = (request, response) => response.end(sealedReply("已收到")(request));
    expect(await phone.say("x")).toMatchObject({ accepted: true, tries: 1 });
    expect(phone.messages().at(-1)).toMatchObject({ direction: "in", rung: "passive", content: { text: "已收到" } });
    for (const changes of [{ appId: "wxother" }, { signature: "0".repeat(40) }]) {
      server.answer = (request, response) => response.end(sealedReply("假的", changes)(request));
      expect(await phone.say("y")).toEqual({ accepted: false, tries: 3 });
    }
    expect(phone.messages().map((line) => textOf(line.content))).not.toContain("假的");
  });

  it("carries every kind of deed", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.sendPhoto(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
    await phone.sendLocation({ latitude: 35.99, longitude: 119.41, label: "柳河大桥东头" });
    await phone.sendVoice(new Uint8Array([1]), "水管爆了");
    await phone.scan("g:G1");
    await phone.click("help");
    await phone.unfollow();
    await phone.scan("s:S1");
    await phone.consent("S1", true);
    expect(server.received.map(opened)).toMatchObject([
      { MsgType: "image", MediaId: expect.any(String), PicUrl: expect.any(String) },
      { MsgType: "location", Location_X: "35.99", Location_Y: "119.41", Label: "柳河大桥东头" },
      { MsgType: "voice", Format: "amr", Recognition: "水管爆了" },
      { MsgType: "event", Event: "SCAN", EventKey: "g:G1" },
      { Event: "CLICK", EventKey: "help" },
      { Event: "unsubscribe" },
      { Event: "subscribe", EventKey: "qrscene_s:S1" },
      { SubscribeMsgPopupEvent: { List: { TemplateId: "S1", SubscribeStatusString: "accept" } } },
    ]);
    expect(opened(server.received[3]!)).not.toHaveProperty("MsgId");
  });
});

describe("five seconds, three tries", () => {
  it("repeats the same message after a 500 and stops at success", async () => {
    let left = 2;
    server.answer = (_request, response) => {
      response.statusCode = left-- > 0 ? 500 : 200;
      response.end("success");
    };
    const phone = wechat.phone("oa", "o1");
    expect(await phone.say("x")).toEqual({ accepted: true, tries: 3, reply: null });
    expect(new Set(server.received.map((request) => opened(request).MsgId)).size).toBe(1);
    expect(phone.messages()).toMatchObject([{ state: "accepted" }]);
  });

  it("gives up after three tries without an answer, and WeChat says so on the phone", async () => {
    server.answer = () => undefined;
    const phone = wechat.phone("oa", "o1");
    expect(await phone.say("x")).toEqual({ accepted: false, tries: 3 });
    expect(phone.messages()).toMatchObject([
      { direction: "out", state: "failed" },
      { direction: "in", content: { kind: "notice", text: SERVICE_FAILED } },
    ]);
  });

  it.each(['{"ok":true}', "成功", "<xml><a></xml>", "<!DOCTYPE x><xml/>"])("takes %s for a failure", async (body) => {
    server.answer = (_request, response) => response.end(body);
    expect(await wechat.phone("oa", "o1").say("x")).toMatchObject({ accepted: false, tries: 3 });
    expect(wechat.log().map((entry) => entry.kind === "webhook" && entry.answer)).toEqual([
      "invalid",
      "invalid",
      "invalid",
    ]);
  });
});

describe("other modes and formats", () => {
  it("sends plain XML with a signature over token, timestamp and nonce", async () => {
    wechat.openAccount(accountAt(server.url, { name: "plain", mode: "plain", aesKey: null }));
    server.answer = (request, response) => {
      const { FromUserName, ToUserName } = readXml(request.body);
      response.end(
        `<xml><ToUserName>${FromUserName}</ToUserName><FromUserName>${ToUserName}</FromUserName><MsgType>text</MsgType><Content>好</Content></xml>`,
      );
    };
    const phone = wechat.phone("plain", "o1");
    await phone.say("x");
    const { query } = server.received[0]!;
    expect(query.get("signature")).toBe(getSignature("t0ken", query.get("timestamp")!, query.get("nonce")!, ""));
    expect(query.has("msg_signature")).toBe(false);
    expect(phone.messages().at(-1)).toMatchObject({ rung: "passive", content: { text: "好" } });
  });

  it("sends compat mode in clear and sealed", async () => {
    wechat.openAccount(accountAt(server.url, { name: "both", mode: "compat" }));
    await wechat.phone("both", "o1").say("x");
    expect(readXml(server.received[0]!.body)).toMatchObject({ Content: "x" });
    expect(opened(server.received[0]!)).toMatchObject({ Content: "x" });
  });

  it("writes MsgId as a bare number beyond 2^53 in JSON", async () => {
    wechat.openAccount(accountAt(server.url, { name: "json", format: "json", mode: "plain", aesKey: null }));
    await wechat.phone("json", "o1").say('引号"和\n换行');
    expect(server.received[0]!.contentType).toContain("json");
    expect(server.received[0]!.body).toMatch(/"MsgId":\d{17,}/);
    expect(JSON.parse(server.received[0]!.body)).toMatchObject({ Content: '引号"和\n换行' });
  });

  it("shakes hands", async () => {
    server.answer = (request, response) => response.end(request.query.get("echostr"));
    expect(await wechat.verifyWebhook("oa")).toBe(true);
    server.answer = (_request, response) => response.end("hello");
    expect(await wechat.verifyWebhook("oa")).toBe(false);
  });
});

describe("waiting", () => {
  it("ends with the message that comes, or says what was there instead", async () => {
    const phone = wechat.phone("oa", "o1");
    server.answer = (request, response) => response.end(sealedReply("已收到")(request));
    const waiting = wechat.waitFor(phone, (line) => line.rung === "passive", 2000);
    await phone.say("x");
    expect(await waiting).toMatchObject({ content: { text: "已收到" } });
    await expect(wechat.waitFor(phone, (line) => line.rung === "template", 20)).rejects.toThrow("已收到");
  });

  it("taps a choice of the newest menu and sends its words with its id", async () => {
    const phone = wechat.phone("oa", "o1");
    await phone.say("x");
    await expect(phone.tapChoice("1")).rejects.toThrow("No menu");
    const credential = { grant_type: "client_credential", appid: "wx00000000000000aa", secret: "s3cret" };
    const post = (path: string, body: unknown) =>
      fetch(`${wechat.url}${path}`, { method: "POST", body: JSON.stringify(body) });
    const { access_token } = (await (await post("/cgi-bin/stable_token", credential)).json()) as {
      access_token: string;
    };
    const msgmenu = {
      head_content: "满意吗",
      list: [
        { id: "1", content: "满意" },
        { id: "2", content: "不满意" },
      ],
      tail_content: "",
    };
    await post(`/cgi-bin/message/custom/send?access_token=${access_token}`, {
      touser: "o1",
      msgtype: "msgmenu",
      msgmenu,
    });
    await phone.tapChoice("2");
    expect(opened(server.received.at(-1)!)).toMatchObject({ MsgType: "text", Content: "不满意", bizmsgmenuid: "2" });
  });
});
