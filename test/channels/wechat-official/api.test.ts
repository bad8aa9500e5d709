import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SharedStore } from "../../../src/channels/channel.ts";
import type { Outbound } from "../../../src/domain/messages/message.ts";
import { ANN, type Answer, CUSTOM, memoryStore, type Platform, senderAt, startPlatform, TOKEN } from "./platform.ts";

const MEDIA = "/cgi-bin/media/get";
const QR = "/cgi-bin/qrcode/create";
const text: Outbound = { key: "key-1", kind: "text", text: "已收到" };

/** A short limit for the call that hangs alone: on a busy machine any other may take long. */
const limitFor = (answer: Answer) => (answer === "hang" ? { timeoutMs: 1_000 } : {});

let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(() => platform.close());

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe("the access token", () => {
  it("is asked for in normal mode and kept until five minutes before its end", async () => {
    const store = memoryStore();
    await senderAt(platform.base, {}, { store }).send("direct", ANN, text);
    expect(platform.sent(TOKEN)).toEqual([
      { grant_type: "client_credential", appid: "wxdemo0000000001", secret: "demoSecret", force_refresh: false },
    ]);
    expect([...store.entries.values()]).toEqual([{ value: "T1", ttlMs: 6_900_000 }]);
  });

  it.each([300, 100, "soon", undefined])("that lives %j seconds is kept for a minute", async (life) => {
    const store = memoryStore();
    platform.answer(TOKEN, { access_token: "T1", expires_in: life });
    await senderAt(platform.base, {}, { store }).send("direct", ANN, text);
    expect([...store.entries.values()]).toEqual([{ value: "T1", ttlMs: 60_000 }]);
  });

  it("is asked for once, however many messages wait for it, also in several senders", async () => {
    const store = memoryStore();
    const senders = [senderAt(platform.base, {}, { store }), senderAt(platform.base, {}, { store })];
    const sends = Array.from({ length: 20 }, (_, index) => senders[index % 2]?.send("direct", ANN, text));
    expect((await Promise.all(sends)).every((outcome) => outcome?.outcome === "delivered")).toBe(true);
    expect(platform.sent(TOKEN)).toHaveLength(1);
  });

  it("that was refused is not taken up again from a look at the store that began before", async () => {
    const store = memoryStore();
    const late = Promise.withResolvers<void>();
    let looks = 0;
    let lateLook = 0;
    const slow: SharedStore = {
      ...store,
      get: async (key) => {
        const value = await store.get(key);
        looks += 1;
        if (looks === lateLook) await late.promise;
        return value;
      },
    };
    platform.answer(TOKEN, { access_token: "T1", expires_in: 7200 }, { access_token: "T2", expires_in: 7200 });
    let seconds = 0;
    const now = () => new Date(Date.UTC(2026, 8, 21) + seconds * 1000);
    const sender = senderAt(platform.base, {}, { store: slow, now });
    await sender.send("direct", ANN, text);
    lateLook = looks + 1;
    seconds = 6;
    const behind = sender.send("direct", { ...ANN, id: "oDemo2" }, text);
    platform.answer(CUSTOM, { errcode: 42001 });
    await sender.send("direct", ANN, text);
    late.resolve();
    expect((await behind).outcome).toBe("delivered");
    const used = platform.calls.filter((call) => call.path === CUSTOM).map((call) => call.query.get("access_token"));
    expect(used).toEqual(["T1", "T1", "T2", "T2"]);
    expect(platform.sent(TOKEN)).toHaveLength(2);
  });

  it.each([40001, 40014, 42001])(
    "that the platform refuses with %i is renewed and the call made once more",
    async (code) => {
      platform.answer(TOKEN, { access_token: "T1", expires_in: 7200 }, { access_token: "T2", expires_in: 7200 });
      platform.answer(CUSTOM, { errcode: code });
      expect((await senderAt(platform.base).send("direct", ANN, text)).outcome).toBe("delivered");
      const tokens = platform.calls
        .filter((call) => call.path === CUSTOM)
        .map((call) => call.query.get("access_token"));
      expect(tokens).toEqual(["T1", "T2"]);
    },
  );

  it("refused twice in a row does not make a loop", async () => {
    platform.answer(CUSTOM, { errcode: 40001 }, { errcode: 40001 });
    expect(await senderAt(platform.base).send("direct", ANN, text)).toMatchObject({ outcome: "retry" });
    expect(platform.sent(CUSTOM)).toHaveLength(2);
    expect(platform.sent(TOKEN)).toHaveLength(2);
  });

  it("renewed meanwhile by another process is used, not thrown away", async () => {
    const store = memoryStore();
    const sender = senderAt(platform.base, {}, { store });
    await sender.send("direct", ANN, text);
    const [key] = store.entries.keys();
    vi.spyOn(store, "deleteIfEqual").mockImplementationOnce(async () => store.set(key!, "T9", 60_000));
    platform.answer(CUSTOM, { errcode: 42001 });
    expect((await sender.send("direct", ANN, text)).outcome).toBe("delivered");
    expect(platform.sent(TOKEN)).toHaveLength(1);
    expect(platform.calls.at(-1)?.query.get("access_token")).toBe("T9");
  });

  it("is not given to an account that knows the app id and not the secret", async () => {
    const store = memoryStore();
    await senderAt(platform.base, {}, { store }).send("direct", ANN, text);
    platform.answer(TOKEN, { errcode: 40125, errmsg: "invalid appsecret" });
    const stranger = senderAt(platform.base, { "app-secret": "guess" }, { store });
    expect(await stranger.send("direct", ANN, text)).toMatchObject({ outcome: "refused", blocks: "account" });
  });

  it.each<[string, Answer, object]>([
    ["is busy", { errcode: -1 }, { outcome: "retry" }],
    ["knows no such secret", { errcode: 40001, errmsg: "demoSecret wrong" }, { outcome: "refused", blocks: "account" }],
    ["does not know this server", { errcode: 40164 }, { outcome: "refused", blocks: "account" }],
    ["has a new rule", { errcode: 61111 }, { outcome: "refused", blocks: "account" }],
    ["is called too often", { errcode: 45011 }, { outcome: "retry", afterMs: 60_000 }],
    ["breaks off", "reset", { outcome: "retry" }],
    ["does not answer", "hang", { outcome: "retry" }],
    ["fails", { raw: "oops", status: 502 }, { outcome: "retry" }],
    ["talks nonsense", { raw: "<html>" }, { outcome: "retry" }],
  ])("is missing when the platform %s, and the message certainly was not sent", async (_what, answer, expected) => {
    platform.answer(TOKEN, answer);
    const outcome = await senderAt(platform.base, {}, limitFor(answer)).send("direct", ANN, text);
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain("demoSecret");
    expect(platform.sent(CUSTOM)).toEqual([]);
  });
});

describe("a call", () => {
  it.each<[string, Answer, object]>([
    ["no answer in time", "hang", { outcome: "uncertain" }],
    ["a reset after the request", "reset", { outcome: "uncertain" }],
    ["a page instead of JSON", { raw: "<html>ok</html>" }, { outcome: "uncertain" }],
    ["nothing", { raw: "" }, { outcome: "uncertain" }],
    ["JSON without errcode", { raw: "{}" }, { outcome: "uncertain" }],
    ["an errcode that is no number", { errcode: "none" }, { outcome: "uncertain" }],
    ["HTTP 500", { raw: "", status: 500 }, { outcome: "retry", reason: "HTTP 500" }],
    [
      "a gateway's page",
      { raw: "<h1>Bad gateway</h1>", status: 502 },
      { outcome: "uncertain", reason: "HTTP 502 without the platform's word" },
    ],
    ["HTTP 503 with errcode 0", { raw: '{"errcode":0}', status: 503 }, { outcome: "retry" }],
    ["HTTP 504 with JSON of somebody else", { raw: '{"message":"late"}', status: 504 }, { outcome: "uncertain" }],
    ["HTTP 500 with an errcode", { raw: '{"errcode":-1}', status: 500 }, { outcome: "retry" }],
    ["HTTP 429", { raw: "", status: 429 }, { outcome: "retry", afterMs: 60_000 }],
    ["HTTP 404", { raw: "no", status: 404 }, { outcome: "refused", blocks: "account" }],
    ["HTTP 400 with an errcode", { raw: '{"errcode":45015}', status: 400 }, { outcome: "refused", blocks: "rung" }],
    ["HTTP 400 with errcode 0", { raw: '{"errcode":0}', status: 400 }, { outcome: "refused", blocks: "account" }],
    ["a redirect", { raw: "", status: 307, location: "/elsewhere" }, { outcome: "refused", blocks: "account" }],
  ])("that gets %s is judged so", async (_what, answer, expected) => {
    platform.answer(CUSTOM, answer);
    const outcome = await senderAt(platform.base, {}, limitFor(answer)).send("direct", ANN, text);
    expect(outcome).toMatchObject(expected);
    expect(platform.calls.map((call) => call.path)).toEqual([TOKEN, CUSTOM]);
  });

  it("that finds nobody listening was certainly not sent", async () => {
    const store = memoryStore();
    const base = await closedPort();
    vi.spyOn(store, "get").mockResolvedValue("T1");
    expect(await senderAt(base, {}, { store }).send("direct", ANN, text)).toMatchObject({
      outcome: "retry",
      reason: "not connected (ECONNREFUSED)",
    });
  });

  it("never tells its token", async () => {
    platform.answer(TOKEN, { access_token: "S3CRET", expires_in: 7200 });
    platform.answer(CUSTOM, { errcode: 40164, errmsg: "bad call with access_token=S3CRET" });
    const outcome = await senderAt(platform.base).send("direct", ANN, text);
    expect(outcome).toMatchObject({ outcome: "refused", blocks: "account" });
    expect(JSON.stringify(outcome)).not.toContain("S3CRET");
  });

  it("goes through a proxy that has a path of its own", async () => {
    await senderAt(`${platform.base}/wechat/`).send("direct", ANN, text);
    expect(platform.calls[0]?.path).toBe("/wechat/cgi-bin/stable_token");
  });
});

describe("a resident's file", () => {
  it("is fetched by its id", async () => {
    platform.answer(MEDIA, { raw: Buffer.from([0xff, 0xd8, 1]), contentType: "image/jpeg" });
    expect(await senderAt(platform.base).fetchMedia({ mediaId: "m&1", form: "image" })).toEqual({
      ok: true,
      bytes: Buffer.from([0xff, 0xd8, 1]),
      contentType: "image/jpeg",
    });
    expect(platform.calls.at(-1)).toMatchObject({ method: "GET", path: MEDIA });
    expect(platform.calls.at(-1)?.query.get("media_id")).toBe("m&1");
  });

  it("is fetched again with a new token", async () => {
    platform.answer(MEDIA, { errcode: 42001 }, { raw: "x", contentType: "image/png" });
    expect((await senderAt(platform.base).fetchMedia({ mediaId: "m1", form: "image" })).ok).toBe(true);
  });

  it.each<[string, Answer, boolean]>([
    ["its id expired", { errcode: 40007, errmsg: "invalid media_id" }, false],
    ["it is a video, of which there is only an address", { video_url: "http://127.0.0.1/v.mp4" }, false],
    ["an error comes as text", { raw: '{"errcode":40007}', contentType: "text/plain" }, false],
    ["an error comes as an image", { raw: '{"errcode":-1}', contentType: "image/jpeg" }, true],
    ["it is over 10 MB", { raw: Buffer.alloc(10 * 1024 * 1024 + 1, 1), contentType: "image/jpeg" }, false],
    ["it is empty", { raw: "", contentType: "image/jpeg" }, true],
    ["the platform fails", { raw: "", status: 500, contentType: "image/jpeg" }, true],
    ["the connection breaks", "reset", true],
    ["no answer comes", "hang", true],
  ])("is not had when %s", async (_what, answer, retryable) => {
    platform.answer(MEDIA, answer);
    const media = await senderAt(platform.base, {}, limitFor(answer)).fetchMedia({ mediaId: "m1", form: "image" });
    expect(media).toMatchObject({ ok: false, retryable });
    expect(platform.calls.map((call) => call.path)).toEqual([TOKEN, MEDIA]);
  });
});

describe("a QR code", () => {
  it("of a scene is permanent", async () => {
    platform.answer(QR, { ticket: "t", url: "http://weixin.qq.com/q/02x" });
    expect(await senderAt(platform.base).link("g:110105")).toEqual({ ok: true, url: "http://weixin.qq.com/q/02x" });
    expect(platform.sent(QR)).toEqual([
      { action_name: "QR_LIMIT_STR_SCENE", action_info: { scene: { scene_str: "g:110105" } } },
    ]);
  });

  it("of one that serves for a time is temporary: of the permanent ones an account has few", async () => {
    platform.answer(QR, { ticket: "t", expire_seconds: 604_800, url: "http://weixin.qq.com/q/02y" });
    expect(await senderAt(platform.base).link("k:one", 604_800)).toMatchObject({ ok: true });
    expect(platform.sent(QR)).toEqual([
      { action_name: "QR_STR_SCENE", expire_seconds: 604_800, action_info: { scene: { scene_str: "k:one" } } },
    ]);
  });

  it.each<[string, Answer]>([
    ["the account lacks the interface", { errcode: 48001 }],
    ["no address comes", { ticket: "t" }],
    ["the connection breaks", "reset"],
  ])("is not had when %s", async (_what, answer) => {
    platform.answer(QR, answer);
    expect((await senderAt(platform.base).link("g:1")).ok).toBe(false);
  });

  it.each(["", "g".repeat(65)])("has no scene like %j", async (scene) => {
    expect((await senderAt(platform.base).link(scene)).ok).toBe(false);
    expect(platform.calls).toEqual([]);
  });
});
