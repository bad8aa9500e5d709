import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { call, fileBox, type OpenBridge, openBot, openBridge } from "./mock.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const QUOTE = "「联络站：【12】路灯坏了」\n- - - - - - - - - - - - - - -\n周五修好";

describe("the Wechaty bridge on the mock puppet", () => {
  let held: Awaited<ReturnType<typeof openBot>>;
  let receiver: Receiver;
  let bridge: OpenBridge;

  const globalsBefore = new Set(Reflect.ownKeys(globalThis));

  beforeAll(async () => {
    held = await openBot();
  });
  afterAll(async () => {
    await held.bot.stop();
    // Wechaty's packages leave helpers of their compilers there.
    for (const name of Reflect.ownKeys(globalThis)) {
      if (!globalsBefore.has(name)) Reflect.deleteProperty(globalThis, name);
    }
  });
  beforeEach(async () => {
    receiver = await openReceiver();
    bridge = await openBridge(held.bot, receiver);
  });
  afterEach(async () => {
    await bridge.end();
    await receiver.close();
  });

  const arrived = async (count: number) => {
    await expect.poll(() => receiver.messages.length).toBe(count);
    await expect.poll(() => bridge.waiting()).toBe(0);
    return receiver.messages;
  };
  const texts = () => receiver.messages.map(({ text }) => text);
  const saidBySelf = () =>
    [...held.mocker.cacheMessagePayload.values()].filter(({ talkerId }) => talkerId === held.self.id);

  test("a chat of two is handed over; of a room only what names, quotes or commands us, and nothing else is kept", async () => {
    const { ann, bo, self, room } = held;
    ann.say("柳东村路灯坏了").to(self);
    ann.say("今天谁去现场").to(room);
    bo.say("@联络站\u2005列表", [self]).to(room);
    bo.say(QUOTE).to(room);
    bo.say("「安：今天谁去」\n- - - - - - - - - - - - - - -\n我去").to(room);
    bo.say("绑定群 K7M2Q9").to(room);
    await arrived(4);
    expect(texts()).toEqual(["柳东村路灯坏了", "列表", QUOTE, "绑定群 K7M2Q9"]);
    expect(receiver.messages[0]).toMatchObject({ from: ann.id, room: null, toUs: true, kind: "text" });
    expect(receiver.messages[1]).toMatchObject({ from: bo.id, room: { id: room.id, title: expect.any(String) } });
    const kept = await readFile(join(bridge.folder, "waiting.jsonl"), "utf8");
    for (const place of [kept, JSON.stringify(bridge.logged)]) expect(place).not.toContain("今天谁去");
  });

  test("what the puppet tells twice, also after a reconnect, arrives once; what we say ourselves never", async () => {
    const { ann, self, puppet, mocker } = held;
    ann.say("第一句").to(self);
    const [first] = await arrived(1);
    puppet.emit("message", { messageId: first!.id });
    await puppet.reset();
    mocker.login(self);
    puppet.emit("message", { messageId: first!.id });
    expect((await call(bridge, "/send", { to: { kind: "person", id: ann.id }, text: "收到" })).status).toBe(200);
    ann.say("第二句").to(self);
    await arrived(2);
    expect(texts()).toEqual(["第一句", "第二句"]);
  });

  test("what is said while the service is away arrives afterwards, once and in order, also by another bridge on the same folder", async () => {
    const { ann, self, bot } = held;
    receiver.status = 503;
    const said = Array.from({ length: 22 }, (_, index) => `第${index + 1}句`);
    for (const text of said.slice(0, 12)) ann.say(text).to(self);
    await expect.poll(() => bridge.waiting()).toBe(12);
    await bridge.close();
    const again = await openBridge(bot, receiver, { folder: bridge.folder });
    for (const text of said.slice(12)) ann.say(text).to(self);
    await again.settled();
    receiver.status = 200;
    await expect.poll(() => again.waiting()).toBe(0);
    await again.close();
    expect(texts()).toEqual(said);
  });

  test("a photo is kept at once, for its owner alone, and given to whoever signs for it", async () => {
    const { ann, self } = held;
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    ann.say(await fileBox(bytes, "灯.jpg")).to(self);
    const [photo] = await arrived(1);
    expect(photo).toMatchObject({ kind: "image", fileName: "灯.jpg" });
    const path = `/media/${encodeURIComponent(photo!.id)}`;
    const given = await call(bridge, path);
    expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes);
    expect((await call(bridge, path, undefined, "secret-of-somebody-else")).status).toBe(401);
    expect((await call(bridge, "/media/nothing")).status).toBe(404);
    expect((await stat(join(bridge.folder, "waiting.jsonl"))).mode & 0o777).toBe(0o600);
  });

  test("says words and files in a chat of two and in a room, and tells what certainly was not said from what may have been", async () => {
    const { ann, room } = held;
    const before = saidBySelf().length;
    const words = await call(bridge, "/send", { to: { kind: "room", id: room.id }, text: "今天没有新的" });
    expect([words.status, await words.json()]).toEqual([200, { id: null }]);
    const file = { name: "灯.png", base64: Buffer.from("PNG").toString("base64") };
    expect((await call(bridge, "/send", { to: { kind: "person", id: ann.id }, text: "", file })).status).toBe(200);
    expect(saidBySelf().slice(before)).toMatchObject([
      { roomId: room.id, text: "今天没有新的" },
      { listenerId: ann.id },
    ]);
    expect((await call(bridge, "/send", { to: { kind: "person", id: "wxid_nobody" }, text: "在吗" })).status).toBe(404);
    expect((await call(bridge, "/send", { to: { kind: "person", id: ann.id } })).status).toBe(400);
    expect((await call(bridge, "/send", { to: {}, text: "x" }, "secret-of-somebody-else")).status).toBe(401);
  });

  test("keeps the account's pace: six a minute to one chat", async () => {
    const { bo } = held;
    const ends = [];
    for (let index = 0; index < 7; index += 1) {
      const answer = await call(bridge, "/send", { to: { kind: "person", id: bo.id }, text: `第${index}句` });
      ends.push([answer.status, await answer.json()]);
      if (answer.status === 429) break;
    }
    const last = ends.at(-1) as [number, object];
    expect(last[0]).toBe(429);
    expect(last[1]).toMatchObject({ error: "pace", waitSeconds: expect.any(Number) });
  });

  test("while the account is logged out nothing is said, and it says so", async () => {
    const { ann, bot, mocker, self } = held;
    await bot.logout();
    const answer = await call(bridge, "/send", { to: { kind: "person", id: ann.id }, text: "在吗" });
    expect([answer.status, await answer.json()]).toEqual([503, { error: "logged-out" }]);
    const health = await fetch(`${bridge.url}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { isLoggedIn: false, waiting: 0 }]);
    mocker.login(self);
    expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
  });

  test("a handler that throws ends nothing: what cannot be told of a message is passed on as of an unknown kind", async () => {
    const { ann, bot, self, puppet } = held;
    const broken = () => {
      throw new Error("the puppet is confused");
    };
    const message = { id: "m1", self: () => false, date: () => new Date(), talker: () => ann, room: () => undefined };
    bot.emit("message", { ...message, type: () => 7, text: broken });
    bot.emit("message", { ...message, id: "m2", date: broken });
    bot.emit("friendship", { id: "f1", type: broken });
    puppet.emit("message", { messageId: "nobody-knows-this" });
    puppet.emit("error", { data: "the puppet is confused" });
    ann.say("还在吗").to(self);
    await arrived(2);
    expect(receiver.messages).toMatchObject([{ kind: "unknown", type: 7, from: ann.id }, { text: "还在吗" }]);
    expect(bridge.logged.filter((line) => line.includes("handler-failed"))).toHaveLength(2);
  });
});
