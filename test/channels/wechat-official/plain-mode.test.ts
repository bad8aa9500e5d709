import { describe, expect, it } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { aesKeyOf, signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { receive } from "../../../src/channels/wechat-official/webhook.ts";
import { ACCOUNT, callback, type Mode, xml } from "./request.ts";

const NOW = new Date("2026-09-21T15:00:00Z");
const RULES = { now: NOW, maxAgeSeconds: 300 };
const TEXT = xml({
  ToUserName: "gh_demo",
  FromUserName: "oDemo1",
  MsgType: "text",
  Content: "楼下路灯不亮",
  MsgId: "1",
});
const REFUSED = { status: 403, contentType: "text/plain", body: "refused" };
const keys = (mode: Mode) => ({
  appId: ACCOUNT.appId,
  token: ACCOUNT.token,
  aesKey: mode === "plain" ? null : aesKeyOf(ACCOUNT.encodingAesKey),
});

describe("a signature that covers no body", () => {
  const looseOf = (request: WebhookRequest, mode: Mode = "plain", rules: Parameters<typeof receive>[2] = RULES) => {
    const result = receive(keys(mode), request, rules);
    return result.kind === "refused" ? result.reason : result.loose;
  };
  const told = (request: WebhookRequest, change: Partial<WebhookRequest> & { echostr?: string }) => {
    const query = new URLSearchParams(request.query);
    if (change.echostr !== undefined) query.set("echostr", change.echostr);
    return looseOf({ ...request, ...change, query });
  };

  it("serves for one method, echo and body; the address's other words and the content type change nothing", () => {
    const request = callback(TEXT, { mode: "plain", at: NOW });
    const same = looseOf(request);
    expect(same).toEqual({
      signature: request.query.get("signature"),
      servesFor: expect.stringMatching(/^[0-9a-f]{64}$/),
      until: new Date(NOW.getTime() + 300_000),
      refusal: REFUSED,
    });
    expect(told(request, { header: () => "application/json" })).toEqual(same);
    const others = [
      told(request, { body: Buffer.from(`${TEXT} `) }),
      told(request, { body: new Uint8Array() }),
      told(request, { echostr: "" }),
      told(request, { method: "GET", echostr: "1" }),
      told(request, { method: "GET", echostr: "2" }),
    ].map((one) => (typeof one === "object" ? one.servesFor : one));
    expect(new Set([...others, typeof same === "object" ? same.servesFor : same]).size).toBe(6);
  });

  it("is remembered for ever where no age is too old, and longer where our clock is ahead", () => {
    const request = callback(TEXT, { mode: "plain", at: NOW });
    expect(looseOf(request, "plain", { now: NOW, maxAgeSeconds: 0 })).toMatchObject({ until: null });
    const ahead = { now: new Date(NOW.getTime() + 7_200_000), unmoved: NOW, maxAgeSeconds: 300 };
    expect(looseOf(request, "plain", ahead)).toMatchObject({ until: new Date(NOW.getTime() + 7_500_000) });
  });

  it("is none in safe and compat mode", () => {
    for (const mode of ["safe", "compat"] as const) {
      expect(looseOf(callback(TEXT, { mode, at: NOW }), mode)).toBeUndefined();
    }
  });

  it.each(["179000000", "17900000001", "1790000000 ", "٠١٧٩٠٠٠٠٠٠", "+179000000", "1.79e9"])(
    "is not believed for a timestamp in another form (%s)",
    (timestamp) => {
      const request = callback(TEXT, { mode: "plain", at: NOW });
      request.query.set("timestamp", timestamp);
      request.query.set("signature", signatureOf([ACCOUNT.token, timestamp, "n0nce"]));
      expect(looseOf(request, "plain", { now: NOW, maxAgeSeconds: 0 })).toBe("signature");
    },
  );

  it.each(["", " 1", "n".repeat(65), "1&2", "随机"])("is not believed for a nonce in another form (%s)", (nonce) => {
    const request = callback(TEXT, { mode: "plain", at: NOW });
    request.query.set("nonce", nonce);
    request.query.set("signature", signatureOf([ACCOUNT.token, request.query.get("timestamp")!, nonce]));
    expect(looseOf(request)).toBe("signature");
  });
});
