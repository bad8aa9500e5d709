import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { ChannelAccount, Sender, SenderServices } from "../../../src/channels/channel.ts";
import { feishu } from "../../../src/channels/feishu/channel.ts";
import type { Phone, ScreenLine, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../../src/demo/platforms/feishu.ts";
import type { Outbound } from "../../../src/domain/messages/message.ts";
import { accountWith, callbackServer, NOW, senderAt } from "../conformance/driver.ts";

const ANN = { kind: "person", id: "ou_1001" } as const;
const ROOM = { kind: "room", id: "oc_77" } as const;
const DAY_MS = 86_400_000;
const CARD = {
  kind: "card",
  title: "新的群众意见 12",
  facts: [["地点", "柳东村"]],
  words: "路灯坏了",
  text: "编号12：路灯坏了",
  actions: [
    { key: "a_12", label: "接单", style: "primary" },
    { key: "c_12", label: "办结", style: "danger" },
  ],
} as const;

let platform: SimulatedPlatform;
let account: ChannelAccount;
let server: Awaited<ReturnType<typeof callbackServer>>;
let phone: Phone;
const now = NOW;
let keys = 0;
const shared = new Map<string, string>();
const store: SenderServices["store"] = {
  get: async (key) => shared.get(key) ?? null,
  set: async (key, value) => void shared.set(key, value),
  deleteIfEqual: async (key) => void shared.delete(key),
};

beforeAll(async () => {
  platform = await startFeishu({ now: () => now, answerWithinMs: 60_000 });
  server = await callbackServer(
    feishu,
    () => account,
    () => now,
  );
  account = accountWith(feishu, await platform.openAccount("one", server.url));
  phone = platform.phone("one", ANN.id);
  await phone.open(null);
});
afterEach(() => platform.clearFaults());
afterAll(async () => {
  await platform.close();
  await server.close();
});

const open = (): Sender => senderAt(feishu, account, platform.url, { now: () => now, store });
const keyed = (content: Omit<Extract<Outbound, { kind: "text" }>, "key">): Outbound => ({
  ...content,
  key: `k${++keys}`,
});
const calls = (path: string) => platform.log().filter((entry) => entry.kind === "call" && entry.path.startsWith(path));
const lastLine = (): ScreenLine => phone.lines().at(-1)!;
const sendCard = async (): Promise<string> => {
  const outcome = await open().send("direct", ANN, { ...CARD, key: `k${++keys}` });
  return outcome.outcome === "delivered" ? (outcome.handle ?? "") : "";
};

it("a card is changed by its message's id, as often as is wanted, for fourteen days", async () => {
  const handle = await sendCard();
  expect(lastLine().buttons.map(({ key }) => key)).toEqual(["a_12", "c_12"]);
  for (const done of ["已接单", "已办结"]) {
    expect(await open().revise(handle, ANN, { text: "路灯坏了", done })).toEqual({ outcome: "done" });
    expect(lastLine()).toMatchObject({ revised: `路灯坏了\n${done}`, buttons: [] });
  }
  const left = { ...CARD, actions: CARD.actions.slice(1) };
  expect(await open().revise(handle, ANN, { text: "路灯坏了", done: "已接单", card: left })).toEqual({
    outcome: "done",
  });
  expect(lastLine()).toMatchObject({ revised: expect.stringContaining("已接单"), buttons: [{ key: "c_12" }] });
  platform.advanceClock(15 * DAY_MS);
  expect(await open().revise(handle, ANN, { text: "", done: "晚了" })).toEqual({ outcome: "spent" });
  platform.advanceClock(-15 * DAY_MS);
  expect(await open().revise("om_unknown", ANN, { text: "", done: "无" })).toEqual({ outcome: "spent" });
  expect(await open().revise("../bot", ANN, { text: "", done: "无" })).toEqual({ outcome: "spent" });
});

it("words call nobody, and a card shows them as they are", async () => {
  await open().send("direct", ANN, keyed({ kind: "text", text: '<at user_id="all">所有人</at> 1<2' }));
  expect(lastLine().text).toBe('＜at user_id="all">所有人＜/at> 1<2');
  await open().send("direct", ANN, { ...CARD, words: "**a** <at id=all></at>", key: `k${++keys}` });
  expect(lastLine().text).toContain("\n**a** <at id=all></at>");
  expect(lastLine().text).not.toContain("[lark_md]");
});

it("a card that is too long for one goes as words", async () => {
  const text = "路".repeat(10_000);
  await open().send("direct", ANN, { ...CARD, words: text, text, key: `k${++keys}` });
  expect(lastLine()).toMatchObject({ text: expect.stringContaining("路路"), buttons: [] });
});

it("an answer stands under what it answers, and goes alone where that is gone", async () => {
  await phone.say("在吗");
  const asked = lastLine().id;
  await open().send("direct", ANN, { ...keyed({ kind: "text", text: "在" }), replyTo: asked });
  expect(lastLine()).toMatchObject({ text: "在", quotes: "在吗" });
  const outcome = await open().send("direct", ANN, { ...keyed({ kind: "text", text: "还在" }), replyTo: "om_gone" });
  expect(outcome.outcome).toBe("delivered");
  expect(lastLine()).toMatchObject({ text: "还在", quotes: null });
});

it("a room is written to by its own kind of id", async () => {
  const outcome = await open().send("direct", ROOM, keyed({ kind: "text", text: "早" }));
  expect(outcome).toMatchObject({ outcome: "refused", blocks: "person", reason: expect.stringContaining("230002") });
});

it("a picture is uploaded once, its words stand below it, and a file's go before it", async () => {
  const picture = { kind: "media", form: "image", bytes: Buffer.from("PNG"), contentType: "image/png" } as const;
  const before = calls("/open-apis/im/v1/images").length;
  for (const caption of ["", "修好的样子"]) {
    const outcome = await open().send("direct", ANN, { ...picture, fileName: "a.png", caption, key: `k${++keys}` });
    expect(outcome.outcome).toBe("delivered");
  }
  expect(calls("/open-apis/im/v1/images").length - before).toBe(1);
  expect(lastLine()).toMatchObject({ text: "修好的样子", picture: expect.stringMatching(/^img_/) });
  const file = { ...picture, form: "file", contentType: "application/pdf", fileName: "清单.pdf" } as const;
  expect(await open().send("direct", ANN, { ...file, caption: "清单", key: `k${++keys}` })).toMatchObject({
    outcome: "delivered",
  });
  expect(phone.lines().at(-2)?.text).toBe("清单");
  const sound = { ...file, form: "voice" } as const;
  expect(await open().send("direct", ANN, { ...sound, caption: "", key: `k${++keys}` })).toMatchObject({
    outcome: "refused",
    blocks: "content",
  });
});

it("a file of a message is fetched by the message and its key", async () => {
  await phone.photo(Buffer.from("JPEG"));
  const { id, picture } = lastLine();
  expect(await open().fetchMedia({ mediaId: `${id}/${picture}`, form: "image" })).toMatchObject({
    ok: true,
    contentType: "image/jpeg",
  });
  expect(await open().fetchMedia({ mediaId: `om_other/${picture}`, form: "image" })).toMatchObject({
    ok: false,
    retryable: false,
  });
  for (const mediaId of ["../../x", "om_1", `${id}/../messages`]) {
    expect(await open().fetchMedia({ mediaId, form: "image" })).toMatchObject({ ok: false, retryable: false });
  }
  platform.fail({ path: "/open-apis/im/v1/messages", times: 1, kind: "http-500" });
  expect(await open().fetchMedia({ mediaId: `${id}/${picture}`, form: "image" })).toMatchObject({ retryable: true });
});

it("a link carries no scene here, and says so", async () => {
  expect(await open().link("g:1")).toMatchObject({ ok: false });
});
