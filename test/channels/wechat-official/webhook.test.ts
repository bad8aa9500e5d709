import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { aesKeyOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { receive } from "../../../src/channels/wechat-official/webhook.ts";
import { ACCOUNT, callback, handshake, type Mode, xml } from "./request.ts";

const NOW = new Date("2026-09-21T15:00:00Z");
const RULES = { now: NOW, maxAgeSeconds: 300 };
const plainKeys = { appId: ACCOUNT.appId, token: ACCOUNT.token, aesKey: null };
const sealedKeys = { ...plainKeys, aesKey: aesKeyOf(ACCOUNT.encodingAesKey) };
const keysOf = (mode: Mode) => (mode === "plain" ? plainKeys : sealedKeys);

const fields = {
  ToUserName: "gh_demo",
  FromUserName: "oDemo1",
  CreateTime: "1790000000",
  MsgType: "text",
  Content: "楼下路灯不亮",
  MsgId: "25000000000000001",
};
const TEXT = xml(fields);
const REFUSED = { status: 403, contentType: "text/plain", body: "refused" };

function messagesIn(request: WebhookRequest, mode: Mode) {
  const result = receive(keysOf(mode), request, RULES);
  if (result.kind !== "received") throw new Error(result.kind === "refused" ? result.reason : result.kind);
  expect(result.acknowledgement).toEqual({ status: 200, contentType: "text/plain", body: "success" });
  return result.messages;
}

function replyTo(request: WebhookRequest, mode: Mode, rules = RULES) {
  const result = receive(keysOf(mode), request, rules);
  return result.kind === "refused" ? result.reply : result.kind;
}

describe("the handshake", () => {
  it.each([
    ["plain", plainKeys, { loose: expect.objectContaining({ refusal: REFUSED }) }],
    ["safe", sealedKeys, {}],
  ] as const)("echoes in clear in %s mode", (_mode, keys, more) => {
    expect(receive(keys, handshake("42 <b>", NOW), RULES)).toEqual({
      kind: "answered",
      reply: { status: 200, contentType: "text/plain", body: "42 <b>" },
      ...more,
    });
  });

  it("with another token gets no echo", () => {
    expect(replyTo(handshake("42", NOW, "otherToken"), "plain")).toEqual(REFUSED);
  });

  it("without echostr is refused", () => {
    const request = handshake("42", NOW);
    request.query.delete("echostr");
    expect(replyTo(request, "plain")).toEqual(REFUSED);
  });

  it("of long ago is refused", () => {
    expect(replyTo(handshake("42", new Date(NOW.getTime() - 301_000)), "plain")).toEqual(REFUSED);
  });
});

describe("a genuine message", () => {
  for (const mode of ["plain", "compat", "safe"] as const) {
    for (const format of ["xml", "json"] as const) {
      it(`arrives in ${mode} mode as ${format}`, () => {
        const clear = format === "xml" ? TEXT : JSON.stringify(fields);
        expect(messagesIn(callback(clear, { mode, format, at: NOW }), mode)).toMatchObject([
          { sender: "oDemo1", content: { kind: "text", text: "楼下路灯不亮" } },
        ]);
      });
    }
  }

  it("is known by its body, not by its content type", () => {
    const request = callback(JSON.stringify(fields), { mode: "plain", format: "xml", at: NOW });
    expect(messagesIn(request, "plain")).toMatchObject([{ content: { text: "楼下路灯不亮" } }]);
  });

  it("in compat mode says what was encrypted, not what stands beside it", () => {
    const request = callback(TEXT, { mode: "compat", at: NOW });
    const forged = Buffer.from(Buffer.from(request.body).toString().replace("楼下路灯不亮", "forged"));
    expect(messagesIn({ ...request, body: forged }, "safe")).toMatchObject([{ content: { text: "楼下路灯不亮" } }]);
  });

  it("in compat mode is found beside words that look like what was encrypted", () => {
    const words = xml({ ...fields, Content: "<Encrypt>QUJD</Encrypt>".repeat(20) });
    expect(messagesIn(callback(words, { mode: "compat", at: NOW }), "safe")).toMatchObject([
      { content: { text: "<Encrypt>QUJD</Encrypt>".repeat(20) } },
    ]);
  });

  it("repeated by the platform keeps its dedupe key, although it is encrypted anew", () => {
    const nameless = xml({ ...fields, MsgId: "" });
    const keys = [1, 2].map(() => messagesIn(callback(nameless, { at: NOW }), "safe")[0]?.dedupeKey);
    expect(keys[0]).toBe(keys[1]);
  });
});

describe("the age of a request", () => {
  it.each([
    [-301, 300, true],
    [-300, 300, false],
    [300, 300, false],
    [301, 300, true],
    [-31_536_000, 0, false],
    [31_536_000, 0, false],
    [-61, 60, true],
  ])("of %i seconds is refused at a limit of %i: %s", (seconds, maxAgeSeconds, isRefused) => {
    const at = new Date(NOW.getTime() + seconds * 1000);
    for (const mode of ["plain", "safe"] as const) {
      const answer = replyTo(callback(TEXT, { mode, at }), mode, { now: NOW, maxAgeSeconds });
      expect(answer).toEqual(isRefused ? REFUSED : "received");
    }
  });

  it("counts by our clock or, where that was moved for a rehearsal, by the platform's", () => {
    const moved = new Date(NOW.getTime() + 50 * 3_600_000);
    for (const [at, isRefused] of [
      [NOW, false],
      [moved, false],
      [new Date(NOW.getTime() + 3_600_000), true],
    ] as const) {
      const rules = { now: moved, unmoved: NOW, maxAgeSeconds: 300 };
      expect(replyTo(callback(TEXT, { mode: "safe", at }), "safe", rules)).toEqual(isRefused ? REFUSED : "received");
    }
  });

  it("cannot be hidden by a timestamp that is no number", () => {
    const request = callback(TEXT, { mode: "plain", at: NOW });
    for (const timestamp of ["", "NaN", "1e9", "-1", " 1790000000"]) {
      request.query.set("timestamp", timestamp);
      expect(replyTo(request, "plain")).toEqual(REFUSED);
    }
  });
});

describe("a request that is not genuine", () => {
  const broken: [string, Mode, WebhookRequest][] = [
    ["another token", "plain", callback(TEXT, { mode: "plain", at: NOW, token: "otherToken" })],
    ["another token, encrypted", "safe", callback(TEXT, { at: NOW, token: "otherToken" })],
    ["another account's AppID", "safe", callback(TEXT, { at: NOW, appId: "wxother000000001" })],
    ["another AES key", "safe", callback(TEXT, { at: NOW, encodingAesKey: "b".repeat(43) })],
    ["a body in clear where a key is set", "safe", callback(TEXT, { mode: "plain", at: NOW })],
    ["garbage where a key is set", "safe", callback("garbage", { mode: "plain", at: NOW })],
    ["garbage with a bad signature", "plain", callback("garbage", { mode: "plain", at: NOW, token: "x" })],
  ];

  it.each(broken)("gets the one refusal: %s", (_what, mode, request) => {
    expect(replyTo(request, mode)).toEqual(REFUSED);
  });

  it("cannot pass with the plain signature in safe mode", () => {
    const request = callback(TEXT, { at: NOW });
    request.query.delete("msg_signature");
    expect(replyTo(request, "safe")).toEqual(REFUSED);
    request.query.set("msg_signature", request.query.get("signature")!);
    expect(replyTo(request, "safe")).toEqual(REFUSED);
  });

  it.each([
    ["60,000 tags", `<xml>${"<a/>".repeat(60_000)}</xml>`],
    ["20,000 attributes", `<xml ${'a="" '.repeat(20_000)}/>`],
    ["a tower of elements", `<xml>${"<a>".repeat(60_000)}`],
    ["60,000 entities", `<xml><Encrypt>${"&lt;".repeat(60_000)}</Encrypt></xml>`],
    ["10,000 sealed texts", `<xml>${"<Encrypt>QUJD</Encrypt>".repeat(10_000)}</xml>`],
    ["a list of 100,000", `{"Encrypt":[${"0,".repeat(100_000)}0]}`],
  ])("has %s, and is refused for its signature before it is parsed", (_what, body) => {
    const request = callback(TEXT, { at: NOW });
    for (const claimed of [request.query.get("msg_signature")!, "0".repeat(40), ""]) {
      request.query.set("msg_signature", claimed);
      expect(receive(sealedKeys, { ...request, body: Buffer.from(body) }, RULES)).toMatchObject({
        reply: REFUSED,
        reason: "signature",
      });
    }
  });

  it.each(["signature", "timestamp", "nonce"])("lacks its %s", (name) => {
    const request = callback(TEXT, { mode: "plain", at: NOW });
    request.query.delete(name);
    expect(replyTo(request, "plain")).toEqual(REFUSED);
  });

  it("has a bit flipped anywhere in what was encrypted", () => {
    const request = callback(TEXT, { at: NOW });
    const text = Buffer.from(request.body).toString();
    const [, sealed = ""] = /<Encrypt><!\[CDATA\[(.*)\]\]>/.exec(text) ?? [];
    const bytes = Buffer.from(sealed, "base64");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        const body = Buffer.from(text.replace(sealed, flipped.toString("base64")));
        expect(replyTo({ ...request, body }, "safe")).toEqual(REFUSED);
      }),
    );
  });

  it("is cut off anywhere", () => {
    const request = callback(TEXT, { at: NOW });
    for (let length = 0; length < request.body.length; length += 1) {
      expect(replyTo({ ...request, body: request.body.slice(0, length) }, "safe")).toEqual(REFUSED);
    }
  });

  it.each([
    ["a DTD", '<!DOCTYPE xml [<!ENTITY e "x">]>'],
    ["a bomb", `<!DOCTYPE xml [${'<!ENTITY e "&e;&e;">'.repeat(500)}]>`],
  ])("brings %s in its envelope", (_what, prolog) => {
    const request = callback(TEXT, { at: NOW });
    const body = Buffer.concat([Buffer.from(prolog), request.body]);
    expect(replyTo({ ...request, body }, "safe")).toEqual(REFUSED);
  });

  it("has a body of a megabyte, and is not even read", () => {
    const request = callback(xml({ ...fields, Content: "路".repeat(350_000) }), { mode: "plain", at: NOW });
    expect(replyTo(request, "plain")).toEqual({ status: 413, contentType: "text/plain", body: "too large" });
    expect(replyTo({ ...request, body: new Uint8Array(262_145) }, "safe")).toMatchObject({ status: 413 });
    expect(replyTo({ ...request, body: new Uint8Array(262_144) }, "safe")).toEqual(REFUSED);
  });

  it("never makes the service throw, whatever bytes it has", () => {
    const anyQuery = fc.dictionary(fc.constantFrom("signature", "msg_signature", "timestamp", "nonce"), fc.string());
    fc.assert(
      fc.property(
        anyQuery,
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom("GET", "POST"),
        (query, body, method) => {
          const request = { method, query: new URLSearchParams(query), header: () => null, body } as const;
          for (const mode of ["plain", "safe"] as const) expect(replyTo(request, mode)).toEqual(REFUSED);
        },
      ),
    );
  });
});

describe("a genuine request that cannot be read", () => {
  const unreadable: [string, string][] = [
    ["nothing", ""],
    ["words", "hello"],
    ["half an element", "<xml><Content>"],
    ["a DTD", '<!DOCTYPE xml [<!ENTITY e "x">]><xml><MsgType>&e;</MsgType></xml>'],
    ["a forbidden name", "<xml><__proto__>x</__proto__></xml>"],
    ["half of JSON", '{"MsgType":'],
    ["a list", "[]"],
    ["fields without a sender", '{"MsgType":"text"}'],
  ];

  for (const mode of ["plain", "safe"] as const) {
    it.each(unreadable)(`is kept in quarantine in ${mode} mode: %s`, (_what, body) => {
      const messages = messagesIn(callback(body, { mode, at: NOW }), mode);
      expect(messages).toMatchObject([{ sender: "", sentAt: NOW, window: null }]);
      expect(messages[0]?.dedupeKey).toMatch(/^oa_wxdemo0000000001_q_[0-9a-f]{32}$/);
      expect(messages[0]?.content).toMatchObject({ kind: "quarantined", raw: body });
    });
  }

  it("is kept when it is encrypted and the account has no key", () => {
    expect(messagesIn(callback(TEXT, { mode: "safe", at: NOW }), "plain")).toMatchObject([
      { content: { kind: "quarantined", reason: "encrypted, but the account has no AES key" } },
    ]);
  });

  it("never is an error or nothing, whatever genuine bytes come", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(messagesIn(callback(body, { mode: "plain", at: NOW }), "plain")).toHaveLength(1);
      }),
    );
  });

  it("holds no NUL and no lone surrogate", () => {
    const [only] = messagesIn(callback(Buffer.from([0x61, 0, 0xed, 0xa0, 0x80]), { mode: "plain", at: NOW }), "plain");
    const raw = only?.content.kind === "quarantined" ? only.content.raw : "";
    expect(raw).toMatch(/^a\uFFFD+$/);
  });
});
