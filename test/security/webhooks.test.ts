import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sign } from "../../src/demo/platforms/wechat/envelope.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { outcomesOf } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";

let service: TestService;
let victim: Phone;
beforeAll(async () => {
  service = await startService({ mode: "plain" });
  victim = service.phone("victim");
});
afterAll(() => service.close());

const account = () => service.wechat.account("qinghe");
const seconds = () => Math.floor(service.runtime.now().getTime() / 1000);
const text = (sender: string, id: number, content: string) =>
  `<xml><FromUserName>${sender}</FromUserName><MsgType>text</MsgType><MsgId>${id}</MsgId><Content>${content}</Content></xml>`;

/** A request's address, signed by the platform. */
type Signed = { readonly timestamp: string; readonly nonce: string; readonly signature: string };
const signed = (nonce: string, timestamp = String(seconds())): Signed => ({
  timestamp,
  nonce,
  signature: sign(account().token, timestamp, nonce),
});

async function call(query: Signed & { readonly echostr?: string }, body?: string): Promise<[number, string]> {
  const url = `${account().webhookUrl}?${new URLSearchParams(query)}`;
  const response = await fetch(url, body === undefined ? {} : { method: "POST", body });
  return [response.status, await response.text()];
}

const REFUSED = [403, "refused"];
const SUCCESS = [200, "success"];

describe("a signature of plain mode that somebody saw on its way", () => {
  it.each([
    ["other words", () => text(victim.openid, 11, "我要撤回"), "1000000011"],
    ["another sender", () => text("o_forged", 12, "路灯坏了"), "1000000012"],
    ["the same words once more under another id", () => text(victim.openid, 912, "帮助"), "1000000013"],
    ["another format", () => `{"FromUserName":"o_forged","MsgType":"text","MsgId":13,"Content":"x"}`, "1000000014"],
    ["one sign more", (body: string) => `${body}\n`, "1000000015"],
    ["nothing", () => "", "1000000016"],
    ["what cannot be read", () => "<xml><MsgType>text", "1000000017"],
  ])("does not carry %s, and what it was given for is taken as often as it comes", async (_what, forge, nonce) => {
    const query = signed(nonce);
    const body = text(victim.openid, Number(nonce), "帮助");
    const before = (await outcomesOf(service, victim)).length;
    expect(await call(query, body)).toEqual(SUCCESS);
    expect(await call(query, forge(body))).toEqual(REFUSED);
    expect(await call(query, body)).toEqual(SUCCESS);
    expect(await call(signed(`9${nonce}`), body)).toEqual(SUCCESS);
    await service.settled();
    expect(await outcomesOf(service, victim)).toHaveLength(before + 1);
  });

  it("is no other's when timestamp and nonce are exchanged, or digits wander between them", async () => {
    const [timestamp, nonce] = [String(seconds()), String(seconds() + 100)];
    const body = text(victim.openid, 21, "帮助");
    expect(await call(signed(nonce, timestamp), body)).toEqual(SUCCESS);
    const exchanged = { ...signed(nonce, timestamp), timestamp: nonce, nonce: timestamp };
    expect(exchanged.signature).toBe(sign(account().token, nonce, timestamp));
    expect(await call(exchanged, body)).toEqual(REFUSED);
    expect(await call(exchanged, text("o_forged", 22, "路灯坏了"))).toEqual(REFUSED);
    const joined = `${timestamp}${nonce}`;
    for (const cut of [1, 5, 9, 11, 15, 19]) {
      const wandered = { ...exchanged, timestamp: joined.slice(0, cut), nonce: joined.slice(cut) };
      expect(await call(wandered, text("o_forged", 23, "路灯坏了"))).toEqual(REFUSED);
    }
  });

  it("of a handshake carries no message, and that of a message no other echo", async () => {
    const greeting = signed("31");
    expect(await call({ ...greeting, echostr: "8" })).toEqual([200, "8"]);
    expect(await call(greeting, text("o_forged", 31, "路灯坏了"))).toEqual(REFUSED);
    expect(await call({ ...greeting, echostr: "9" })).toEqual(REFUSED);
    expect(await call({ ...greeting, echostr: "8" })).toEqual([200, "8"]);
    const message = signed("32");
    expect(await call(message, text(victim.openid, 32, "帮助"))).toEqual(SUCCESS);
    expect(await call({ ...message, echostr: "8" })).toEqual(REFUSED);
    expect(await outcomesOf(service, service.phone("forged"))).toEqual([]);
  });

  it("is not used up by a request that was refused", async () => {
    const query = signed("41");
    expect(await call({ ...query, signature: "0".repeat(40) }, text("o_forged", 41, "x"))).toEqual(REFUSED);
    expect(await call(query, "x".repeat(300_000))).toEqual([413, "This is too large."]);
    expect(await call(query, text(victim.openid, 42, "帮助"))).toEqual(SUCCESS);
  });
});
